package dev.signaling.testkit;

import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** One peer's short stay in a channel: it came, said a few things, and went. */
record Stay(Member member, RecordingSubscriber hears) {

    private static final int WORDS = 3;

    /** Lets peers come and go on many threads at once, each peer with an id of its own. Gives the stays of those who got in. */
    static List<Stay> manyAtOnce(ChannelUnderTest channel, int threads, int each, Seating seating, Duration patience) {
        List<Callable<List<Stay>>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String name = "guest-" + i + "-";
            tasks.add(() -> {
                List<Stay> stays = new ArrayList<>();
                for (int round = 0; round < each; round++) {
                    Stay stay = new Stay(new Member(new PeerId(name + round)), new RecordingSubscriber());
                    if (channel.join(stay.member, seating, stay.hears) == Entry.JOINED) {
                        stay.spend(channel);
                        stays.add(stay);
                    }
                }
                return stays;
            });
        }
        try (Crowd crowd = new Crowd(patience)) {
            return crowd.atOnce(tasks).stream().flatMap(List::stream).toList();
        }
    }

    private void spend(ChannelUnderTest channel) {
        for (int word = 0; word < WORDS; word++) {
            Publication outcome = channel.say(member, member.peer() + " says " + word);
            if (outcome != Publication.PUBLISHED) {
                throw new AssertionError("a member's signal became " + outcome);
            }
        }
        if (!channel.leave(member)) {
            throw new AssertionError("a member could not leave");
        }
    }

    /** What somebody else who was there all the time must have heard of this stay. */
    List<ServerMessage> heardByOthers(ChannelUnderTest channel) {
        List<ServerMessage> events = new ArrayList<>();
        events.add(channel.peerJoined(member));
        for (int word = 0; word < WORDS; word++) {
            events.add(channel.signal(member, member.peer() + " says " + word));
        }
        events.add(channel.peerLeft(member));
        return events;
    }

    /** What of the events is about that member. */
    static List<ServerMessage> of(Member member, List<ServerMessage> events) {
        PeerId peer = member.peer();
        return events.stream()
                .filter(event -> (event instanceof ServerMessage.PeerJoined joined
                                && joined.member().equals(member))
                        || (event instanceof ServerMessage.Signal signal
                                && signal.from().equals(peer))
                        || (event instanceof ServerMessage.PeerLeft left
                                && left.peer().equals(peer)))
                .toList();
    }

    @Override
    public String toString() {
        return "the stay of " + member.peer();
    }
}
