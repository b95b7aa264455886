package dev.signaling.testkit;

import static dev.signaling.testkit.Guest.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStoreException;
import dev.signaling.spi.Rivals;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hub keeps every connection's order, and its own promises, with a store that answers later or fails. */
final class LateStoreTest {

    /** The two ways to be late. */
    enum Lateness {
        ACTING,
        ANSWERING;

        DelayedChannelStore of(InMemoryChannelStore channels, ManualExecutor executor) {
            return this == ACTING
                    ? DelayedChannelStore.acting(channels, executor)
                    : DelayedChannelStore.answering(channels, executor);
        }
    }

    private static final ServerMessage TOO_MANY_WAIT =
            Guest.failure(ErrorCode.RATE_LIMITED, "too many earlier messages are waiting");

    private final ManualClock clock = new ManualClock();
    private final InMemoryChannelStore channels = new InMemoryChannelStore();
    private final ManualExecutor executor = new ManualExecutor();
    private final DelayedChannelStore store = DelayedChannelStore.acting(channels, executor);
    private final RecordingListener listener = new RecordingListener();

    private SignalingHub hub(DelayedChannelStore late, Limits limits) {
        return SignalingHub.builder()
                .store(late)
                .clock(clock)
                .limits(limits)
                .listener(listener)
                .build();
    }

    private SignalingHub hub() {
        return hub(store, Limits.defaults());
    }

    private Guest inRoom(SignalingHub hub, Terms terms) {
        Guest guest = Guest.of(hub, terms);
        guest.join("room");
        executor.runAll();
        guest.hears();
        return guest;
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsAPendingJoinWaitsForItInOrder(Lateness lateness) {
        SignalingHub hub = hub(lateness.of(channels, executor), Limits.defaults());
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = Guest.of(hub);

        guest.join("room");
        guest.say("one");
        guest.say("two");
        guest.join("room");
        guest.leave("room");
        guest.say("three");
        assertEquals(1, executor.waiting(), "one question at a time");
        executor.runAll();

        assertEquals(
                List.of(
                        Guest.peerJoined("room", guest.member()),
                        Guest.signal("room", guest, "one"),
                        Guest.signal("room", guest, "two"),
                        Guest.peerLeft("room", guest, LeaveReason.LEFT)),
                witness.hears());
        assertEquals(
                List.of(
                        Guest.joined("room", guest.member(), witness.member()),
                        Guest.failure(ErrorCode.ALREADY_JOINED, "this connection is in that channel already"),
                        Guest.left("room"),
                        Guest.failure(ErrorCode.NOT_JOINED, "join a channel first")),
                guest.hears());
    }

    @Test
    void asManyMessagesMayWaitAsMayComeAtOnce() {
        SignalingHub hub = hub(store, Limits.builder().messageBurst(3).build());
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = Guest.of(hub);

        guest.join("room");
        for (int i = 1; i <= 5; i++) {
            clock.advance(Duration.ofMinutes(1)); // none of them comes too fast
            guest.say("word " + i);
        }
        assertEquals(Collections.nCopies(2, TOO_MANY_WAIT), guest.hears());
        executor.runAll();
        guest.say("word 6");
        executor.runAll();

        assertEquals(
                List.of(
                        Guest.peerJoined("room", guest.member()),
                        Guest.signal("room", guest, "word 1"),
                        Guest.signal("room", guest, "word 2"),
                        Guest.signal("room", guest, "word 3"),
                        Guest.signal("room", guest, "word 6")),
                witness.hears());
        assertEquals(List.of(Guest.joined("room", guest.member(), witness.member())), guest.hears());
    }

    /** The last that waits may go over it, or one that is longer could never be said. */
    @Test
    void soManyCharactersMayWait() {
        SignalingHub hub = hub(store, Limits.builder().waitingCharacters(1_500).build());
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = inRoom(hub, Terms.MANY_CHANNELS);
        witness.hears();
        String longer = "x".repeat(1_000);

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                guest.say(longer);
            }
            assertEquals(Collections.nCopies(2, TOO_MANY_WAIT), guest.hears(), "one is under way and two wait");
            executor.runAll();
            assertEquals(Collections.nCopies(3, Guest.signal("room", guest, longer)), witness.hears());
        }
    }

    @Test
    void tokensAndMetadataThatWaitHaveCharactersToo() {
        SignalingHub hub = hub(store, Limits.builder().waitingCharacters(2_000).build());
        Guest guest = Guest.of(hub);
        String longer = "x".repeat(1_000);
        Payload meta = new Payload("{\"note\":\"" + longer + "\"}");

        guest.join("room");
        guest.join("one", Payload.EMPTY_OBJECT, Optional.of(longer));
        guest.join("two", meta, Optional.empty());
        assertEquals(List.of(), guest.hears());
        guest.join("three");

        assertEquals(List.of(TOO_MANY_WAIT), guest.hears());
    }

    /** As many, and as much, as the client of the library keeps and sends again, with its receipts in between. */
    @ParameterizedTest
    @ValueSource(ints = {4, 2_048})
    void allThatIsSentAgainAtOnceMayWait(int characters) {
        SignalingHub hub = hub();
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Returner lost = Returner.of(hub);
        lost.guest().join("room");
        executor.runAll();
        lost.guest().say("pending");
        lost.lose();
        witness.hears();

        Returner back = lost.back(1, 2);
        List<ServerMessage> expected = new ArrayList<>(List.of(Guest.signal("room", back.guest(), "pending")));
        for (int i = 0; i < 512; i++) {
            String words = String.format(Locale.ROOT, "%0" + characters + "d", i);
            back.guest().say(words);
            expected.add(Guest.signal("room", back.guest(), words));
            if (i % 100 == 0) {
                back.guest().connection().receive(new ClientMessage.Ping(Optional.of(1L), Optional.empty()));
            }
        }
        assertEquals(List.of(), back.guest().hears(), "nothing is refused");
        executor.runAll();

        assertEquals(expected, witness.hears());
    }

    @Test
    void oneThatWaitsHoldsUpNobodyElse() {
        ManualExecutor stuck = new ManualExecutor();
        SignalingHub hub = hub(
                DelayedChannelStore.answering(
                        channels, task -> (stuck.waiting() == 0 ? stuck : executor).execute(task)),
                Limits.defaults());
        Guest waits = Guest.of(hub);
        waits.join("room");
        waits.say("held up");
        Guest ann = inRoom(hub, Terms.MANY_CHANNELS);
        Guest bob = inRoom(hub, Terms.MANY_CHANNELS);
        ann.hears();

        ann.say("not held up");

        assertEquals(List.of(Guest.signal("room", ann, "not held up")), bob.hears());
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatGoesWhileItsJoinIsPendingLeavesNothingBehind(Lateness lateness) {
        SignalingHub hub = hub(lateness.of(channels, executor), Limits.defaults());
        Guest guest = Guest.of(hub);

        guest.join("room");
        guest.say("never said");
        guest.connection().disconnect(CloseStatus.GONE);
        executor.runAll();

        assertEquals(0, channels.channels());
        assertEquals(0, hub.connections());
        assertEquals(
                List.of(new RecordingListener.Left(ROOM, guest.id(), LeaveReason.DISCONNECTED)),
                listener.news(RecordingListener.Left.class));
        assertEquals(List.of(), listener.news(RecordingListener.Refused.class));
    }

    @Test
    void aConnectionIsClosedAtOnceAlsoWhileTheStoreHasNotAnswered() {
        SignalingHub hub = hub();
        Guest goes = Guest.of(hub);
        goes.join("room");
        goes.connection().disconnect(CloseStatus.TIMED_OUT);
        assertEquals(Optional.of(CloseStatus.TIMED_OUT), goes.outbox().closed());

        Guest stays = Guest.of(hub);
        stays.join("room");
        hub.goAway(Duration.ZERO);
        assertEquals(Optional.of(CloseStatus.GOING_AWAY), stays.outbox().closed());

        executor.runAll();
        assertEquals(0, hub.connections());
        assertEquals(0, channels.channels());
    }

    @Test
    void aConnectionOfOneChannelLeavesTheFirstBeforeItJoinsTheSecond() {
        SignalingHub hub = hub();
        Guest guest = inRoom(hub, Terms.ONE_CHANNEL);

        guest.join("another");
        guest.say("in the second");
        assertEquals(1, executor.waiting());
        executor.runAll();

        assertEquals(List.of(Guest.left("room"), Guest.joined("another", guest.member())), guest.hears());
        assertEquals(1, channels.channels());
    }

    @Test
    void aConnectionThatEndsWhileItLeavesTheFirstChannelDoesNotJoinTheSecond() {
        SignalingHub hub = hub();
        Guest guest = inRoom(hub, Terms.ONE_CHANNEL);
        Guest witness = Guest.of(hub);
        witness.join("another");
        executor.runAll();
        witness.hears();

        guest.join("another");
        guest.connection().disconnect(CloseStatus.GONE);
        executor.runAll();

        assertEquals(List.of(), witness.hears());
        assertEquals(1, channels.channels());
        assertEquals(1, hub.connections());
    }

    @Test
    void aFailureIsToldToPeerAndHostAndTheConnectionLives() {
        SignalingHub hub = hub();
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = Guest.of(hub);
        store.breakDown();

        guest.connection()
                .receive(new ClientMessage.JoinChannel(ROOM, Role.PEER, Payload.EMPTY_OBJECT, Optional.of("5")));
        witness.say("anybody?");
        executor.runAll();

        String detail = "the channel could not be reached, try again later";
        assertEquals(
                List.of(new ServerMessage.Failure(ErrorCode.STORE_UNAVAILABLE, detail, Optional.of("5"))),
                guest.hears());
        assertEquals(List.of(Guest.failure(ErrorCode.STORE_UNAVAILABLE, detail)), witness.hears());
        List<RecordingListener.StoreFailed> failures = listener.news(RecordingListener.StoreFailed.class);
        assertEquals(
                List.of(guest.id(), witness.id()),
                failures.stream().map(RecordingListener.StoreFailed::peer).toList());
        assertInstanceOf(ChannelStoreException.class, failures.get(0).failure());

        store.mend();
        guest.join("room");
        executor.runAll();
        assertEquals(List.of(Guest.joined("room", guest.member(), witness.member())), guest.hears());
    }

    @Test
    void aConnectionOfOneChannelThatCannotLeaveTheFirstStaysThere() {
        SignalingHub hub = hub();
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = inRoom(hub, Terms.ONE_CHANNEL);
        witness.hears();
        store.breakDown();

        guest.connection()
                .receive(new ClientMessage.JoinChannel(
                        new ChannelName("another"), Role.PEER, Payload.EMPTY_OBJECT, Optional.of("6")));
        executor.runNext();
        store.mend();
        executor.runAll();
        guest.say("still here");
        executor.runAll();

        assertEquals(
                List.of(new ServerMessage.Failure(
                        ErrorCode.STORE_UNAVAILABLE,
                        "the channel could not be reached, try again later",
                        Optional.of("6"))),
                guest.hears());
        assertEquals(List.of(Guest.signal("room", guest, "still here")), witness.hears());
        assertEquals(1, channels.channels());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatIsNoneEndsTheConnectionWheneverItComes(boolean late) {
        CompletableFuture<ChannelStore.Entry> answer = new CompletableFuture<>();
        Guest guest = Guest.of(SignalingHub.builder()
                .store(new ChannelStore() {
                    @Override
                    public CompletionStage<Entry> join(
                            ChannelName channel, Member member, Seating seating, Subscriber subscriber) {
                        return answer;
                    }

                    @Override
                    public CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason) {
                        return CompletableFuture.completedFuture(false);
                    }

                    @Override
                    public CompletionStage<Publication> publish(
                            ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
                        return CompletableFuture.completedFuture(Publication.NOT_JOINED);
                    }
                })
                .build());
        CapturedLog log = new CapturedLog();
        try {
            if (late) {
                guest.join("room");
                answer.complete(null);
            } else {
                answer.complete(null);
                guest.join("room");
            }
            assertEquals(Optional.of(CloseStatus.INTERNAL_ERROR), guest.outbox().closed());
            assertEquals(1, log.lines().size(), log.lines()::toString);
        } finally {
            log.close();
        }
    }

    @Test
    void aFailureAfterTheEndIsToldToTheHostAlone() {
        SignalingHub hub = hub();
        Guest guest = inRoom(hub, Terms.MANY_CHANNELS);
        store.breakDown();

        guest.connection().disconnect(CloseStatus.GONE);
        executor.runAll();

        assertEquals(1, listener.news(RecordingListener.StoreFailed.class).size());
        assertEquals(List.of(), listener.news(RecordingListener.Refused.class));
    }

    @Test
    void whoCouldNotLeaveLeavesWhenTheStoreIsBack() {
        SignalingHub hub = hub();
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = inRoom(hub, Terms.MANY_CHANNELS);
        witness.hears();
        store.breakDown();
        guest.connection().disconnect(CloseStatus.GONE);
        executor.runAll();
        assertEquals(2, hub.connections(), "there is something to expire");

        hub.expire();
        executor.runAll();
        assertEquals(List.of(), witness.hears());
        store.mend();
        hub.expire();
        executor.runAll();

        assertEquals(List.of(Guest.peerLeft("room", guest, LeaveReason.DISCONNECTED)), witness.hears());
        assertEquals(1, hub.connections());
        assertEquals(1, listener.news(RecordingListener.StoreFailed.class).size(), "told once");
        assertEquals(
                List.of(new RecordingListener.Left(ROOM, guest.id(), LeaveReason.DISCONNECTED)),
                listener.news(RecordingListener.Left.class));
    }

    /** Half of a join that failed may have been done: it is undone before the peer is let in again. */
    @Test
    void whatAFailedJoinHasDoneIsUndone() {
        SignalingHub hub = hub();
        Guest witness = inRoom(hub, Terms.MANY_CHANNELS);
        Guest guest = Guest.of(hub);
        store.breakDown();
        guest.join("room");
        executor.runAll();
        var unused = channels.join( // what the store says has failed
                ROOM, guest.member(), new ChannelStore.Seating(10, Rivals.SHARE_THE_ROLE), event -> {});
        store.mend();

        guest.join("room");
        executor.runAll();

        assertEquals(
                List.of(
                        Guest.failure(ErrorCode.STORE_UNAVAILABLE, "the channel could not be reached, try again later"),
                        Guest.joined("room", guest.member(), witness.member())),
                guest.hears());
        assertEquals(
                List.of(
                        Guest.peerJoined("room", guest.member()),
                        Guest.peerLeft("room", guest, LeaveReason.LEFT),
                        Guest.peerJoined("room", guest.member())),
                witness.hears());
    }

    @Test
    void whoWaitsForAStoreThatNeverAnswersIsClosedIfItHasNotJoined() {
        SignalingHub hub = hub();
        Guest guest = Guest.of(hub);
        guest.join("room");

        clock.advance(hub.limits().joinDeadline());
        hub.expire();

        assertEquals(Optional.of(CloseStatus.JOIN_TIMEOUT), guest.outbox().closed());
    }

    /** The store breaks its promise to answer: the others do not pay for it with their places. */
    @Test
    void whoIsGoneKeepsNoPlaceIfTheStoreNeverAnswers() {
        SignalingHub hub = hub(store, Limits.builder().connections(1).build());
        Guest guest = inRoom(hub, Terms.MANY_CHANNELS);
        guest.say("never answered");
        guest.connection().disconnect(CloseStatus.GONE);
        hub.expire();
        assertEquals(1, hub.connections());

        clock.advance(Duration.ofSeconds(30));
        hub.expire();

        assertEquals(0, hub.connections());
        assertEquals(Optional.empty(), Guest.of(hub).outbox().closed(), "there is room for the next one");
        executor.runAll();
        assertEquals(1, hub.connections(), "a late answer counts nothing twice");
        assertEquals(0, channels.channels());
    }
}
