package dev.signaling.spi;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import java.util.Optional;

final class EveryoneToEveryone implements RelayPolicy {

    static final RelayPolicy POLICY = new EveryoneToEveryone();

    private EveryoneToEveryone() {}

    @Override
    public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
        return Admission.granted();
    }

    @Override
    public Audience audience(ChannelName channel, Member sender, Identity identity) {
        return Audience.everyone();
    }
}
