package dev.signaling.demo;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import java.util.Optional;

/** One streamer and its viewers in the channels of live rooms; everyone to everyone in the tutorial's and all others. */
final class RoomPolicy implements RelayPolicy {

    private final RelayPolicy rooms = RelayPolicy.oneToMany();
    private final RelayPolicy others = RelayPolicy.everyoneToEveryone();

    @Override
    public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
        return of(channel).admit(channel, candidate, token, identity);
    }

    @Override
    public Audience audience(ChannelName channel, Member sender, Identity identity) {
        return of(channel).audience(channel, sender, identity);
    }

    private RelayPolicy of(ChannelName channel) {
        return Rooms.isRoom(channel) ? rooms : others;
    }
}
