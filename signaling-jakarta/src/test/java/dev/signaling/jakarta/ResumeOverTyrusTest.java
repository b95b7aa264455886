package dev.signaling.jakarta;

import static dev.signaling.jakarta.V1Story.STREAM_VIDEO;
import static dev.signaling.jakarta.V1Story.assertError;
import static dev.signaling.jakarta.V1Story.assertNothingCame;
import static dev.signaling.jakarta.V1Story.peerLeft;
import static dev.signaling.jakarta.V1Story.signal;
import static dev.signaling.jakarta.V1Story.signalFrom;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import dev.signaling.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * V20 to V26 of PROTOCOL.md over real sockets. p1 stays in stream-video all along and sees what becomes of p2. Which tokens
 * are refused stands in {@link TokenGoldenFilesTest}.
 */
class ResumeOverTyrusTest {

    /** How a connection is lost. */
    enum Cut {
        RESET,
        END_OF_STREAM;

        void lose(SocketPeer peer) {
            if (this == RESET) {
                peer.reset();
            } else {
                peer.hangUp();
            }
        }
    }

    private static final int KEPT = 50;

    private final ManualClock clock = new ManualClock();
    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger peers = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger(); // at the clock
    private final SignalingHub hub = SignalingHub.builder()
            .store(store)
            .clock(() -> {
                looks.incrementAndGet();
                return clock.instant();
            })
            .peerIds(() -> new PeerId("p" + peers.incrementAndGet()))
            .limits(Limits.builder().outboxMessages(KEPT).build())
            .listener(new SignalingListener() {
                @Override
                public void suspended(PeerId peer) {
                    events.add(peer + " suspended");
                }

                @Override
                public void resumed(PeerId peer, PeerId fresh) {
                    events.add(peer + " resumed");
                }

                @Override
                public void disconnected(PeerId peer, CloseStatus status) {
                    events.add(peer + " " + status);
                }
            })
            .build();

    private SignalingServer server = server(75);
    private TyrusNode node = TyrusNode.start(server);

    /** A server that takes a peer for lost that was silent for so many seconds. */
    private SignalingServer server(int timeout) {
        return SignalingServer.builder(hub)
                .liveness(new Liveness(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(timeout),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1)))
                .build();
    }

    private String token = "";

    private SocketPeer connect() {
        return SocketPeer.open(node.port(), "/signal", "Sec-WebSocket-Protocol: signaling.v1")
                .checkedBy(Schemas.v1()::requireFromServer);
    }

    /** A member of stream-video; the token is the one that it was given. */
    private SocketPeer member() {
        SocketPeer peer = connect();
        token = token(peer.next());
        peer.join("stream-video");
        assertTrue(peer.next().startsWith("{\"type\":\"joined-channel\""));
        return peer;
    }

    private static String token(String greeting) {
        Matcher resume = Pattern.compile("\"resume\":\"([^\"]+)\"").matcher(greeting);
        assertTrue(resume.find(), greeting);
        return resume.group(1);
    }

    /** A new connection that has asked to resume. */
    private SocketPeer comeBack(String with, long received) {
        SocketPeer peer = connect();
        String greeting = peer.next();
        assertTrue(greeting.contains("\"resumed\":false,\"received\":0,"), greeting);
        peer.send("{\"type\":\"resume\",\"token\":\"" + with + "\",\"received\":" + received + ",\"id\":\"r\"}");
        return peer;
    }

    private void lose(SocketPeer peer, Cut cut) {
        cut.lose(peer);
        await().until(() -> events.contains("p2 suspended"));
    }

    /** Checks that the answer says that it is p2, and notes the new token. */
    private void assertResumed(long received, String answer) {
        assertTrue(answer.startsWith("{\"type\":\"connection-established\",\"peer\":\"p2\",\"resume\":"), answer);
        assertTrue(answer.contains("\"resumed\":true,\"received\":" + received + ","), answer);
        assertTrue(answer.endsWith(",\"id\":\"r\"}"), answer);
        assertNotEquals(token, token(answer));
        token = token(answer);
    }

    /** Runs with p1 watching and p2 a member too, of whom p1 has heard. */
    private interface Scene {
        void play(SocketPeer watcher, SocketPeer member);
    }

    private void play(Scene scene) {
        try (SocketPeer watcher = member();
                SocketPeer member = member()) {
            assertTrue(watcher.next().startsWith("{\"type\":\"peer-joined\""));
            scene.play(watcher, member);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(31));
            assertEquals(0, server.hub().connections(), "connections");
            assertEquals(0, server.sessions(), "sessions");
            assertEquals(0, store.channels(), "channels");
        });
        node.close();
    }

    @ParameterizedTest
    @EnumSource
    void v22GoesOnWithWhatItHasMissed(Cut cut) {
        play((watcher, member) -> {
            lose(member, cut);
            for (int i = 0; i < 3; i++) {
                signal(watcher, "" + i);
                signal(watcher, "p2", "[" + i + "]");
            }
            try (SocketPeer back = comeBack(token, 1)) {
                assertResumed(1, back.next());
                for (int i = 0; i < 3; i++) {
                    assertEquals(signalFrom("p1", "" + i), back.next());
                    assertEquals(signalFrom("p1", "[" + i + "]"), back.next());
                }
                signal(back, "7");
                assertEquals(signalFrom("p2", "7"), watcher.next());
                assertNothingCame(back, watcher);
            }
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    @Test
    void v20SendsAgainWhatTheClientHasNotReceived() {
        play((watcher, member) -> {
            signal(watcher, "1");
            signal(watcher, "2");
            assertEquals(signalFrom("p1", "1"), member.next());
            lose(member, Cut.RESET);
            try (SocketPeer back = comeBack(token, 2)) { // joined-channel and the first signal
                assertResumed(1, back.next());
                assertEquals(signalFrom("p1", "2"), back.next());
                assertNothingCame(back);
            }
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    @Test
    void v20KeepsAsMuchAsItsBoundAllows() {
        play((watcher, member) -> {
            assertNothingCame(member);
            member.send("{\"type\":\"ping\",\"received\":1}"); // so that nothing is kept but what comes now
            member.next();
            lose(member, Cut.RESET);
            for (int i = 0; i < KEPT; i++) {
                signal(watcher, "" + i);
            }
            assertNothingCame(watcher);
            try (SocketPeer back = comeBack(token, 1)) {
                assertResumed(1, back.next());
                for (int i = 0; i < KEPT; i++) {
                    assertEquals(signalFrom("p1", "" + i), back.next());
                }
                assertNothingCame(back);
            }
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    @Test
    void v22GoesOnAgainAndAgain() {
        play((watcher, member) -> {
            SocketPeer last = member;
            for (int i = 0; i < 10; i++) {
                last.reset();
                signal(watcher, "" + i);
                last = comeBack(token, 1 + i);
                assertResumed(1, last.next());
                assertEquals(signalFrom("p1", "" + i), last.next());
            }
            assertNothingCame(last, watcher);
            last.close();
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    @Test
    void v22ComesBackAfterASilenceThatEndedItsConnection() {
        node.close();
        server = server(4);
        node = TyrusNode.start(server);
        play((watcher, member) -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                assertNothingCame(watcher); // it answers pings while it reads
                return events.contains("p2 suspended");
            });
            try (SocketPeer back = comeBack(token, 1)) {
                assertResumed(1, back.next());
                assertNothingCame(back, watcher);
            }
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    /** Nobody else has a session then, so nothing but the grace itself keeps the server looking at the clock. */
    @Test
    void v21LeavesWhenItsGraceIsOverAlsoIfItWasTheLastOfAll() {
        member().reset();
        await().until(() -> events.contains("p1 suspended") && server.sessions() == 0);
        int before = looks.get();
        await().until(() -> looks.get() >= before + 3);
        clock.advance(Duration.ofSeconds(30));
        await().until(() -> events.contains("p1 TIMED_OUT") && store.channels() == 0);
    }

    @Test
    void v21LeavesWhenItsGraceIsOver() {
        play((watcher, member) -> {
            lose(member, Cut.END_OF_STREAM);
            clock.advance(Duration.ofSeconds(29));
            assertNothingCame(watcher);
            clock.advance(Duration.ofSeconds(1));
            assertEquals(peerLeft("p2", "timed-out"), watcher.next());
            try (SocketPeer late = comeBack(token, 1)) {
                assertError("resume-failed", "r", late.next());
                assertNothingCame(late);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000, 1001, 1008, 3000, 4000, 4999})
    void v21LeavesAtOnceWhenItSaysSo(int code) {
        play((watcher, member) -> {
            member.sendClose(code);
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
            await().until(() -> events.contains("p2 GONE"));
            try (SocketPeer late = comeBack(token, 1)) {
                assertError("resume-failed", "r", late.next());
            }
        });
    }

    @Test
    void v23TakesTheSameTokenAgainIfTheAnswerWasLost() {
        play((watcher, member) -> {
            String shown = token;
            member.reset();
            comeBack(shown, 1).reset(); // before it has read the answer
            try (SocketPeer back = comeBack(shown, 1)) {
                assertResumed(1, back.next());
                assertNothingCame(back, watcher);
            }
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    @Test
    void v24StartsAfreshWhenTooMuchWasKept() {
        play((watcher, member) -> {
            lose(member, Cut.RESET);
            for (int i = 0; i <= KEPT; i++) {
                signal(watcher, "" + i);
            }
            assertNothingCame(watcher);
            try (SocketPeer fresh = comeBack(token, 1)) {
                String answer = fresh.next();
                assertTrue(answer.startsWith("{\"type\":\"connection-established\",\"peer\":\"p3\""), answer);
                assertTrue(answer.contains("\"resumed\":false,\"received\":0,"), answer);
                assertTrue(answer.endsWith(",\"reason\":\"overflow\",\"id\":\"r\"}"), answer);
                assertEquals(peerLeft("p2", "disconnected"), watcher.next());
                fresh.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + "}");
                assertTrue(fresh.next().contains("\"peer\":\"p3\""));
                assertTrue(watcher.next().startsWith("{\"type\":\"peer-joined\""));
            }
            assertEquals(peerLeft("p3", "disconnected"), watcher.next());
        });
    }

    @Test
    void v25ClosesTheEarlierOfTwoConnections() {
        play((watcher, halfOpen) -> {
            try (SocketPeer back = comeBack(token, 1)) {
                assertResumed(1, back.next());
                assertEquals("4500 replaced", halfOpen.ending());
                assertNothingCame(back, watcher);
            }
            assertEquals(peerLeft("p2", "disconnected"), watcher.next());
        });
    }

    @Test
    void v29WaitsForNobodyWhenTheServerStops() {
        SocketPeer member = member();
        server.close();
        assertTrue(member.next().startsWith("{\"type\":\"going-away\""));
        assertEquals("1001 going-away", member.ending());
    }
}
