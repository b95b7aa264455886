package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.Rivals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One channel of a store, with the words to speak to it and about it. Waits for every answer of the store's. */
final class ChannelUnderTest {

    static final Seating ROOMY = new Seating(10_000, Rivals.SHARE_THE_ROLE);

    private static final Role FENCE = new Role("fence");

    private final ChannelStore store;
    private final ChannelName name;
    private final Duration patience;
    private final AtomicInteger fences = new AtomicInteger();

    /** A channel that nobody has used yet, nor will: a store may outlive a test. */
    ChannelUnderTest(ChannelStore store, Duration patience) {
        this.store = store;
        this.name = new ChannelName("contract-" + UUID.randomUUID());
        this.patience = patience;
    }

    ChannelName name() {
        return name;
    }

    /** Makes a member that is heard of by a fresh subscriber. */
    RecordingSubscriber join(Member member) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        assertEquals(Entry.JOINED, join(member, ROOMY, subscriber));
        return subscriber;
    }

    Entry join(Member member, Seating seating, RecordingSubscriber subscriber) {
        return Waiting.outcome(store.join(name, member, seating, subscriber), patience);
    }

    boolean leave(Member member) {
        return leave(member, LeaveReason.LEFT);
    }

    boolean leave(Member member, LeaveReason reason) {
        return Waiting.outcome(store.leave(name, member.peer(), reason), patience);
    }

    /** A signal for all others. */
    Publication say(Member from, String words) {
        return say(from, Optional.empty(), Audience.everyone(), words);
    }

    /** A signal for one other. */
    Publication say(Member from, Member to, String words) {
        return say(from, Optional.of(to.peer()), Audience.everyone(), words);
    }

    Publication say(Member from, Optional<PeerId> to, Audience audience, String words) {
        return Waiting.outcome(store.publish(signal(from, words), to, audience), patience);
    }

    /**
     * All that a member has heard up to now, and nothing less: somebody joins, who is then waited for and left out. What
     * came before in the channel's sequence has come before in the subscriber's too, by rule 2.
     */
    List<ServerMessage> heardBy(RecordingSubscriber member) {
        Member fence = new Member(new PeerId("fence-" + fences.incrementAndGet()), FENCE, Payload.EMPTY_OBJECT);
        join(fence);
        ServerMessage sign = new ServerMessage.PeerJoined(name, fence);
        member.await(sign::equals, "somebody's joining", patience);
        List<ServerMessage> events = member.events();
        leave(fence);
        return events.subList(0, events.indexOf(sign)).stream()
                .filter(event -> !isOfFence(event))
                .toList();
    }

    /** All that a member has heard that is one no longer. */
    List<ServerMessage> heardToTheEndBy(RecordingSubscriber member) {
        return heardToTheEndBy(member, LeaveReason.LEFT);
    }

    List<ServerMessage> heardToTheEndBy(RecordingSubscriber member, LeaveReason reason) {
        member.await(left(reason)::equals, "its own leaving", patience);
        return member.events().stream().filter(event -> !isOfFence(event)).toList();
    }

    /** What a peer has heard that should be no member, after all that may have been on its way has arrived. */
    List<ServerMessage> overheardBy(RecordingSubscriber stranger) {
        heardBy(join(new Member(new PeerId("usher"), FENCE, Payload.EMPTY_OBJECT)));
        leave(new Member(new PeerId("usher")));
        return stranger.events();
    }

    private static boolean isOfFence(ServerMessage event) {
        return (event instanceof ServerMessage.PeerJoined joined
                        && joined.member().role().equals(FENCE))
                || (event instanceof ServerMessage.PeerLeft left
                        && left.peer().value().matches("fence-\\d+|usher"));
    }

    ServerMessage.JoinedChannel joined(Member member, Member... others) {
        return new ServerMessage.JoinedChannel(name, member, List.of(others), Optional.empty());
    }

    ServerMessage.LeftChannel left() {
        return left(LeaveReason.LEFT);
    }

    ServerMessage.LeftChannel left(LeaveReason reason) {
        return new ServerMessage.LeftChannel(name, reason, Optional.empty());
    }

    ServerMessage.PeerJoined peerJoined(Member member) {
        return new ServerMessage.PeerJoined(name, member);
    }

    ServerMessage.PeerLeft peerLeft(Member member) {
        return peerLeft(member, LeaveReason.LEFT);
    }

    ServerMessage.PeerLeft peerLeft(Member member, LeaveReason reason) {
        return new ServerMessage.PeerLeft(name, member.peer(), reason);
    }

    ServerMessage.Signal signal(Member from, String words) {
        return new ServerMessage.Signal(name, from.peer(), new Payload("\"" + words + "\""));
    }
}
