package dev.signaling.spi;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import dev.signaling.message.Role;
import java.util.Optional;

final class OneToMany implements RelayPolicy {

    static final RelayPolicy FIRST_STAYS = new OneToMany(Rivals.KEEP_THE_ROLE);
    static final RelayPolicy LAST_TAKES_OVER = new OneToMany(Rivals.GIVE_WAY);

    private static final Audience STREAMER = Audience.only(Role.STREAMER);

    private final Admission ofStreamer;

    private OneToMany(Rivals rivals) {
        ofStreamer = Admission.granted(rivals);
    }

    @Override
    public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
        return isStreamer(candidate) ? ofStreamer : Admission.granted();
    }

    @Override
    public Audience audience(ChannelName channel, Member sender, Identity identity) {
        return isStreamer(sender) ? Audience.everyone() : STREAMER;
    }

    private static boolean isStreamer(Member member) {
        return member.role().equals(Role.STREAMER);
    }
}
