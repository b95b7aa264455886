package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionOutboxTest {

    private static final ChannelName CHANNEL = new ChannelName("stream-video");
    private static final PeerId PEER = new PeerId("p");
    private static final TutorialDialect DIALECT = new TutorialDialect();

    private FakeTransport transport = new FakeTransport();
    private SessionOutbox outbox = outbox(transport, Limits.defaults());

    private static SessionOutbox outbox(FakeTransport transport, Limits limits) {
        SessionOutbox outbox = new SessionOutbox(DIALECT, limits, transport);
        transport.serve(outbox);
        return outbox;
    }

    private static Delivery text(String text) {
        return new Delivery(new ServerMessage.Signal(CHANNEL, PEER, Payload.ofMessage(text)));
    }

    private boolean offer(String text) {
        return outbox.offer(text(text));
    }

    @Test
    void hasOneSendUnderWayAndTheOthersWait() {
        assertTrue(offer("a") && offer("b") && offer("c"));
        assertEquals(List.of("a"), transport.sent());
        assertEquals(3, outbox.sendingFor(80));
        transport.end();
        assertEquals(List.of("a", "b"), transport.sent());
        transport.end();
        transport.end();
        assertEquals(List.of("a", "b", "c"), transport.sent());
        assertEquals(0, outbox.sendingFor(1_000));
    }

    @Test
    void takesWhatTheDialectHasNoWordsForAndSendsNothing() {
        assertTrue(outbox.offer(new Delivery(new ServerMessage.PeerJoined(CHANNEL, new Member(PEER)))));
        assertEquals(List.of(), transport.sent());
    }

    @Test
    void isFullAtItsNumberOfMessages() {
        outbox = outbox(
                transport,
                Limits.builder().outboxMessages(3).outboxCharacters(1 << 20).build());
        assertTrue(offer("under way") && offer("1") && offer("2") && offer("3"));
        assertFalse(offer("4"));
        transport.end();
        assertTrue(offer("5"));
        assertFalse(offer("6"));
    }

    @Test
    void isFullAtItsNumberOfCharacters() {
        outbox = outbox(
                transport,
                Limits.builder()
                        .messageCharacters(10)
                        .outboxMessages(100)
                        .outboxCharacters(10)
                        .build());
        assertTrue(offer("under way and not counted") && offer("nor the next one"));
        assertTrue(offer("12345") && offer("1234"));
        assertFalse(offer("67"));
        assertTrue(offer("0"));
        transport.end();
        assertFalse(offer("123456"));
        assertTrue(offer("12345"));
        assertFalse(offer("6"));
    }

    /** Such as the roster of a large channel. */
    @Test
    void takesOneMessageOfAnyLengthWhileNoneWaitsAndHasRoomBehindIt() {
        outbox = outbox(
                transport,
                Limits.builder().messageCharacters(10).outboxCharacters(10).build());
        assertTrue(offer("under way") && offer("x".repeat(1_000)) && offer("0123456789"));
        assertFalse(offer("x"));
        transport.end();
        transport.end();
        transport.end();
        assertTrue(offer("y".repeat(1_000)) && offer("z".repeat(1_000)), "and again");
        assertFalse(offer("y".repeat(11)));
    }

    @Test
    void countsCharactersBeyondTheGreatestNumber() {
        outbox = outbox(
                transport,
                Limits.builder()
                        .outboxMessages(100)
                        .outboxCharacters(Integer.MAX_VALUE)
                        .build());
        String large = "x".repeat(1 << 26);
        assertTrue(offer("under way") && offer("next"));
        for (int i = 0; i < 31; i++) {
            assertTrue(offer(large));
        }
        assertFalse(offer(large));
    }

    @Test
    void goesThroughALongQueueWithoutADeepStack() {
        outbox = outbox(
                transport,
                Limits.builder()
                        .outboxMessages(100_000)
                        .outboxCharacters(1 << 20)
                        .build());
        List<String> texts =
                IntStream.rangeClosed(0, 100_000).mapToObj(Integer::toString).toList();
        texts.forEach(text -> assertTrue(offer(text)));
        transport.endBy(Runnable::run);
        transport.end();
        assertEquals(texts, transport.sent());
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingAndKeepsTheOrderOfEachThread(Ends ends) throws Exception {
        ExecutorService elsewhere = Executors.newFixedThreadPool(2);
        ExecutorService senders = Executors.newFixedThreadPool(3);
        try {
            transport = new FakeTransport(ends.by(elsewhere));
            outbox = outbox(
                    transport,
                    Limits.builder()
                            .outboxMessages(20_000)
                            .outboxCharacters(1 << 20)
                            .build());
            List<Future<?>> done = new ArrayList<>();
            for (String sender : List.of("a", "b", "c")) {
                done.add(senders.submit(() -> {
                    for (int i = 0; i < 6_667; i++) {
                        assertTrue(offer(sender + i));
                    }
                }));
            }
            for (Future<?> sender : done) {
                sender.get();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> transport.sentCount() >= 20_001);
            assertEquals(20_001, transport.sentCount());
            for (String sender : List.of("a", "b", "c")) {
                List<String> own = transport.sent().stream()
                        .filter(text -> text.startsWith(sender))
                        .toList();
                assertEquals(IntStream.range(0, 6_667).mapToObj(i -> sender + i).toList(), own);
            }
            assertFalse(transport.overlapped());
        } finally {
            senders.shutdownNow();
            elsewhere.shutdownNow();
        }
    }

    /** Where the end of a send is told. */
    enum Ends {
        INSIDE_THE_CALL,
        ON_ANOTHER_THREAD,
        NOW_HERE_NOW_THERE;

        Executor by(Executor elsewhere) {
            return switch (this) {
                case INSIDE_THE_CALL -> Runnable::run;
                case ON_ANOTHER_THREAD -> elsewhere;
                case NOW_HERE_NOW_THERE ->
                    end -> {
                        if (ThreadLocalRandom.current().nextBoolean()) {
                            end.run();
                        } else {
                            elsewhere.execute(end);
                        }
                    };
            };
        }
    }

    @Test
    void isNotMisledByAContainerThatTellsOfTheSameEndTwice() {
        assertTrue(offer("a") && offer("b") && offer("c"));
        transport.endTwice();
        assertEquals(List.of("a", "b"), transport.sent());
        assertFalse(transport.overlapped());
    }

    @Test
    void dropsItsQueueWhenASendFails() {
        assertTrue(offer("a") && offer("b"));
        transport.fail();
        assertEquals(List.of("a"), transport.sent());
        assertEquals(1, transport.timesBroken());
        assertTrue(offer("c"), "taken and thrown away");
        assertEquals(List.of("a"), transport.sent());
        assertEquals(0, outbox.sendingFor(1_000));
    }

    @Test
    void isBrokenWhenASendThrows() {
        transport.throwFromSend(new IllegalStateException("the session is closed"));
        assertTrue(offer("a"));
        assertEquals(1, transport.timesBroken());
        assertEquals(0, outbox.sendingFor(1_000));
    }

    @Test
    void isBrokenWhenALaterSendThrows() {
        assertTrue(offer("a") && offer("b") && offer("c"));
        transport.throwFromSend(new IllegalStateException("the session is closed"));
        transport.end();
        assertEquals(List.of("a", "b"), transport.sent());
        assertEquals(1, transport.timesBroken());
    }

    @Test
    void closesBehindItsQueue() {
        assertTrue(offer("a") && offer("b"));
        outbox.close(CloseStatus.GOING_AWAY);
        assertTrue(offer("c"), "taken and thrown away");
        outbox.close(CloseStatus.GONE);
        transport.end();
        assertEquals(List.of(), transport.closed());
        transport.end();
        assertEquals(List.of("a", "b"), transport.sent());
        assertEquals(List.of(CloseStatus.GOING_AWAY), transport.closed());
    }

    @Test
    void closesBehindItsLastWordWhichNothingFollows() {
        outbox.close(CloseStatus.GOING_AWAY, text("last"));
        assertTrue(offer("late"), "taken and thrown away");
        outbox.close(CloseStatus.GOING_AWAY, text("later"));
        assertEquals(List.of("last"), transport.sent());
        assertEquals(List.of(), transport.closed());
        transport.end();
        assertEquals(List.of("last"), transport.sent());
        assertEquals(List.of(CloseStatus.GOING_AWAY), transport.closed());
    }

    @Test
    void hasRoomForALastWordWhenItIsFull() {
        outbox = outbox(
                transport,
                Limits.builder().outboxMessages(1).outboxCharacters(1 << 20).build());
        assertTrue(offer("under way") && offer("1"));
        assertFalse(offer("2"));
        outbox.close(CloseStatus.GOING_AWAY, text("last"));
        transport.endBy(Runnable::run);
        transport.end();
        assertEquals(List.of("under way", "1", "last"), transport.sent());
        assertEquals(List.of(CloseStatus.GOING_AWAY), transport.closed());
    }

    @Test
    void hasNoLastWordForWhoDoesNotRead() {
        assertTrue(offer("a"));
        outbox.close(CloseStatus.SLOW_CONSUMER, text("last"));
        assertEquals(List.of(CloseStatus.SLOW_CONSUMER), transport.closed());
        transport.end();
        assertEquals(List.of("a"), transport.sent());
    }

    @Test
    void aFarewellHasTheTimeOfOneSendHoweverManyItTakes() {
        assertTrue(offer("a") && offer("b") && offer("c"));
        transport.pass(10);
        transport.end();
        assertEquals(3, outbox.sendingFor(90));
        outbox.close(CloseStatus.GOING_AWAY);
        transport.pass(10);
        transport.end();
        assertEquals(List.of("a", "b", "c"), transport.sent());
        assertEquals(3, outbox.sendingFor(90));
        transport.end();
        assertEquals(List.of(CloseStatus.GOING_AWAY), transport.closed());
        assertEquals(0, outbox.sendingFor(1_000));
    }

    /** The keeper looks at it at any moment: the end of a send in the middle of the look must not pass for a long one. */
    @Test
    void looksAtASendThatIsAboutToEnd() throws Exception {
        transport = new FakeTransport(Runnable::run);
        outbox = outbox(transport, Limits.defaults());
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try {
            Future<?> sent = sender.submit(() -> IntStream.range(0, 200_000).forEach(i -> offer("a")));
            long longest = 0;
            while (!sent.isDone()) {
                longest = Math.max(longest, outbox.sendingFor(transport.now()));
            }
            sent.get();
            assertEquals(0, longest);
        } finally {
            sender.shutdownNow();
        }
    }

    @Test
    void closesAtOnceWhenNothingIsUnderWay() {
        outbox.close(CloseStatus.GOING_AWAY);
        outbox.close(CloseStatus.GONE);
        assertEquals(List.of(CloseStatus.GOING_AWAY), transport.closed());
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_CONSUMER", "TIMED_OUT", "GONE"})
    void closesAtOnceWhenNobodyReads(CloseStatus status) {
        assertTrue(offer("a") && offer("b"));
        outbox.close(status);
        assertEquals(List.of(status), transport.closed());
        transport.end();
        assertEquals(List.of("a"), transport.sent());
    }

    @Test
    void pingsWhenNothingElseIsUnderWay() {
        outbox.ping();
        assertEquals(1, transport.pings());
        assertTrue(offer("a"));
        outbox.ping();
        assertEquals(1, transport.pings());
        transport.end();
        outbox.close(CloseStatus.GOING_AWAY);
        outbox.ping();
        assertEquals(1, transport.pings());
    }

    @Test
    void sendsWhatCameDuringAPing() {
        FakeTransport during = transport;
        outbox = new SessionOutbox(DIALECT, Limits.defaults(), new PingTransport(during, () -> assertTrue(offer("a"))));
        outbox.ping();
        assertEquals(List.of("a"), during.sent());
        assertFalse(during.overlapped());
    }

    /** Does something in the middle of a ping. */
    private record PingTransport(FakeTransport rest, Runnable during) implements SessionTransport {

        @Override
        public void ping() {
            during.run();
            assertEquals(List.of(), rest.sent());
            rest.ping();
        }

        @Override
        public void send(Delivery delivery, dev.signaling.spi.Dialect dialect, jakarta.websocket.SendHandler handler) {
            rest.send(delivery, dialect, handler);
        }

        @Override
        public void close(CloseStatus status) {
            rest.close(status);
        }

        @Override
        public void broken() {
            rest.broken();
        }

        @Override
        public long now() {
            return rest.now();
        }
    }
}
