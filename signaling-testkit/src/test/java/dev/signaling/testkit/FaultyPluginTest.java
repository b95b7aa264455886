package dev.signaling.testkit;

import static dev.signaling.testkit.Guest.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Connection;
import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.SignalingListener;
import dev.signaling.spi.Terms;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is plugged in may throw, and peers may stop reading: that is their own end, or nobody's. */
final class FaultyPluginTest {

    private final CapturedLog log = new CapturedLog();
    private final InMemoryChannelStore store = new InMemoryChannelStore();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void aPolicyThatThrowsRefuses() {
        SignalingHub hub = SignalingHub.builder()
                .policy(new RelayPolicy() {
                    @Override
                    public Admission admit(
                            ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
                        if (channel.equals(ROOM)) {
                            return Admission.granted();
                        }
                        throw new IllegalStateException("admit");
                    }

                    @Override
                    public Audience audience(ChannelName channel, Member sender, Identity identity) {
                        throw new IllegalStateException("audience");
                    }
                })
                .build();
        Guest witness = Guest.of(hub).inRoom();
        Guest guest = Guest.of(hub).inRoom();
        witness.hears();

        guest.say("hello");
        guest.join("another");

        assertEquals(
                List.of(
                        Guest.failure(ErrorCode.NOT_ALLOWED, "this peer may not signal in that channel"),
                        Guest.failure(ErrorCode.NOT_ALLOWED, "this peer may not join that channel")),
                guest.hears());
        assertEquals(List.of(), witness.hears());
        assertEquals(
                List.of(
                        "SEVERE the relay policy threw, which refuses a signal",
                        "SEVERE the relay policy threw, which refuses a join"),
                log.lines());
    }

    @Test
    void aPolicysRefusalIsTold() {
        SignalingHub hub = SignalingHub.builder()
                .policy(new RelayPolicy() {
                    @Override
                    public Admission admit(
                            ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
                        return Admission.refused("members only");
                    }

                    @Override
                    public Audience audience(ChannelName channel, Member sender, Identity identity) {
                        return Audience.everyone();
                    }
                })
                .build();
        Guest guest = Guest.of(hub);
        guest.join("room");
        assertEquals(List.of(Guest.failure(ErrorCode.NOT_ALLOWED, "members only")), guest.hears());
    }

    @Test
    void aListenerThatThrowsStopsNothing() {
        RuntimeException failure = new IllegalStateException("listener");
        SignalingHub hub = SignalingHub.builder()
                .store(store)
                .listener(new SignalingListener() {
                    @Override
                    public void connected(PeerId peer) {
                        throw failure;
                    }

                    @Override
                    public void joined(ChannelName channel, Member member) {
                        throw failure;
                    }

                    @Override
                    public void refused(PeerId peer, ErrorCode code, String detail) {
                        throw new AssertionError("an error, not an exception");
                    }

                    @Override
                    public void left(ChannelName channel, PeerId peer, LeaveReason reason) {
                        throw failure;
                    }

                    @Override
                    public void disconnected(PeerId peer, CloseStatus status) {
                        throw failure;
                    }

                    @Override
                    public void suspended(PeerId peer) {
                        throw failure;
                    }

                    @Override
                    public void resumed(PeerId peer, PeerId fresh) {
                        throw new AssertionError("an error, not an exception");
                    }
                })
                .build();
        Guest ann = Guest.of(hub).inRoom();
        Guest bob = Guest.of(hub).inRoom();
        ann.join("room");
        ann.say("hello");
        ann.connection().disconnect(CloseStatus.GONE);

        assertEquals(
                List.of(Guest.signal("room", ann, "hello"), Guest.peerLeft("room", ann, LeaveReason.DISCONNECTED)),
                bob.hears());
        assertEquals(1, hub.connections());
        assertEquals(7, log.lines().size(), log.lines()::toString);

        RecordingOutbox lost = new RecordingOutbox();
        Connection first = hub.connect(lost, Terms.RESUMABLE).orElseThrow();
        String token = ((ServerMessage.ConnectionEstablished) lost.next())
                .resumption()
                .orElseThrow()
                .token();
        first.receive(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        first.disconnect(CloseStatus.LOST);
        Connection second = hub.connect(new RecordingOutbox(), Terms.RESUMABLE).orElseThrow();
        second.receive(new ClientMessage.Resume(token, 0, Optional.empty()));
        assertEquals(first.peer(), second.peer());
        assertEquals(11, log.lines().size(), log.lines()::toString);
    }

    @Test
    void anOutboxThatThrowsEndsItsOwnConnectionAlone() {
        SignalingHub hub = SignalingHub.builder().store(store).build();
        Guest ann = Guest.of(hub).inRoom();
        Outbox broken = new Outbox() {
            @Override
            public boolean offer(Delivery delivery) {
                if (delivery.message() instanceof ServerMessage.Signal) {
                    throw new IllegalStateException("offer");
                }
                return true;
            }

            @Override
            public void close(CloseStatus status) {
                throw new IllegalStateException("close");
            }
        };
        Guest bob = new Guest(hub.connect(broken, Terms.MANY_CHANNELS).orElseThrow(), new RecordingOutbox());
        bob.join("room");
        Guest cid = Guest.of(hub).inRoom();
        ann.hears();

        ann.say("hello");

        assertEquals(Optional.of(CloseStatus.INTERNAL_ERROR), bob.connection().ended());
        assertEquals(
                List.of(Guest.signal("room", ann, "hello"), Guest.peerLeft("room", bob, LeaveReason.REMOVED)),
                cid.hears());
        assertEquals(List.of(Guest.peerLeft("room", bob, LeaveReason.REMOVED)), ann.hears());
        assertEquals(2, hub.connections());
        assertEquals(2, log.lines().size(), log.lines()::toString);
    }

    @Test
    void aStoreThatThrowsIsToldToPeerAndHost() {
        RecordingListener listener = new RecordingListener();
        SignalingHub hub = SignalingHub.builder()
                .store(new FailingStore(store))
                .listener(listener)
                .build();
        Guest guest = Guest.of(hub);

        guest.join("fails");
        guest.join("room");

        assertEquals(
                List.of(
                        Guest.failure(ErrorCode.STORE_UNAVAILABLE, "the channel could not be reached, try again later"),
                        Guest.joined("room", guest.member())),
                guest.hears());
        assertInstanceOf(
                IllegalStateException.class,
                listener.news(RecordingListener.StoreFailed.class).get(0).failure());
    }

    @Test
    void aMembershipThatTheStoreHasLostIsAnsweredForWhenItIsLeft() {
        SignalingHub hub = SignalingHub.builder().store(new FailingStore(store)).build();
        Guest guest = Guest.of(hub);
        guest.join("forgotten");
        guest.hears();

        guest.leave("forgotten");
        guest.leave("forgotten");

        assertEquals(
                List.of(
                        Guest.left("forgotten"),
                        Guest.failure(ErrorCode.NOT_JOINED, "this connection is not in that channel")),
                guest.hears());
    }

    @Test
    void aMembershipThatTheStoreHasLostMayBeBegunAnew() {
        RecordingListener listener = new RecordingListener();
        SignalingHub hub = SignalingHub.builder()
                .store(new FailingStore(store))
                .listener(listener)
                .build();
        Guest guest = Guest.of(hub).inRoom();
        store.leave(ROOM, guest.id(), LeaveReason.TIMED_OUT);
        guest.hears();

        guest.say("still here?");
        guest.join("room");

        assertEquals(
                List.of(
                        Guest.failure(ErrorCode.NOT_JOINED, "join a channel first"),
                        Guest.joined("room", guest.member())),
                guest.hears());
        assertEquals(
                List.of(new RecordingListener.Left(ROOM, guest.id(), LeaveReason.REMOVED)),
                listener.news(RecordingListener.Left.class));
    }

    @Test
    void aMembershipThatTheStoreHasEndedMayBeBegunAnewAtOnce() {
        SignalingHub hub = SignalingHub.builder().store(store).build();
        Guest guest = Guest.of(hub).inRoom();

        store.leave(ROOM, guest.id(), LeaveReason.TIMED_OUT);
        guest.leave("room");
        guest.join("room");

        assertEquals(
                List.of(
                        new ServerMessage.LeftChannel(ROOM, LeaveReason.REMOVED, Optional.empty()),
                        Guest.failure(ErrorCode.NOT_JOINED, "this connection is not in that channel"),
                        Guest.joined("room", guest.member())),
                guest.hears());
    }

    @Test
    void aPeerThatDoesNotReadIsClosedAndTheOthersGoOn() {
        RecordingListener listener = new RecordingListener();
        SignalingHub hub =
                SignalingHub.builder().store(store).listener(listener).build();
        Guest speaker = Guest.of(hub).inRoom();
        Guest slow = Guest.of(hub).inRoom();
        Guest quick = Guest.of(hub).inRoom();
        speaker.hears();
        slow.outbox().fill();

        speaker.say("one");
        speaker.say("two");

        assertEquals(Optional.of(CloseStatus.SLOW_CONSUMER), slow.outbox().closed());
        assertEquals(
                List.of(
                        Guest.signal("room", speaker, "one"),
                        Guest.peerLeft("room", slow, LeaveReason.REMOVED),
                        Guest.signal("room", speaker, "two")),
                quick.hears());
        assertEquals(List.of(Guest.peerLeft("room", slow, LeaveReason.REMOVED)), speaker.hears());
        assertEquals(
                List.of(new RecordingListener.Disconnected(slow.id(), CloseStatus.SLOW_CONSUMER)),
                listener.news(RecordingListener.Disconnected.class));
        assertEquals(2, hub.connections());
    }

    @Test
    void aPeerThatReadsNothingFromTheFirstMessageOnIsClosed() {
        SignalingHub hub = SignalingHub.builder().store(store).build();
        RecordingOutbox full = new RecordingOutbox();
        full.fill();

        assertTrue(hub.connect(full, Terms.ONE_CHANNEL).orElseThrow().ended().isPresent());
        assertEquals(Optional.of(CloseStatus.SLOW_CONSUMER), full.closed());
        assertEquals(0, hub.connections());
    }

    /** One's leaving is the next one's last straw: however many they are, it takes a thread no deeper into its stack. */
    @Test
    void aChainOfPeersThatDoNotReadFallsWithoutTakingTheThreadAlong() {
        SignalingHub hub = SignalingHub.builder().store(store).build();
        List<Guest> chain = IntStream.range(0, 5_000)
                .mapToObj(i -> {
                    Guest guest = Guest.of(hub);
                    guest.join("link-" + i);
                    guest.join("link-" + (i + 1));
                    return guest;
                })
                .toList();
        Guest speaker = Guest.of(hub);
        speaker.join("link-0");
        chain.forEach(guest -> guest.outbox().fill());

        speaker.say("the last straw");

        assertTrue(chain.stream()
                .allMatch(guest -> guest.outbox().closed().equals(Optional.of(CloseStatus.SLOW_CONSUMER))));
        assertEquals(1, hub.connections());
        assertEquals(1, store.channels());
        assertEquals(List.of(), log.lines());
    }

    /** Throws at the join of one channel, and forgets those who joined another. */
    private record FailingStore(ChannelStore store) implements ChannelStore {

        @Override
        public CompletionStage<Entry> join(ChannelName channel, Member member, Seating seating, Subscriber subscriber) {
            if (channel.value().equals("fails")) {
                throw new IllegalStateException("join");
            }
            return store.join(channel, member, seating, subscriber);
        }

        @Override
        public CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason) {
            if (channel.value().equals("forgotten")) {
                return CompletableFuture.completedFuture(false);
            }
            return store.leave(channel, peer, reason);
        }

        @Override
        public CompletionStage<Publication> publish(
                ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
            return store.publish(signal, to, audience);
        }
    }
}
