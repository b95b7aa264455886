package dev.signaling.jakarta;

import static dev.signaling.jakarta.V1Story.assertError;
import static dev.signaling.jakarta.V1Story.assertNothingCame;
import static dev.signaling.jakarta.V1Story.peerLeft;
import static dev.signaling.jakarta.V1Story.signal;
import static dev.signaling.jakarta.V1Story.signalFrom;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import dev.signaling.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every golden file that shows a token (V22 to V25 of PROTOCOL.md), over a real socket. p1 watches, p2 is the peer whose token
 * it is, both in stream-video, and the file's name says what has become of p2 by then.
 */
class TokenGoldenFilesTest {

    private static final int KEPT = 20;
    private static final Map<String, String> GOLDEN = GoldenFiles.v1();

    private final ManualClock clock = new ManualClock();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger peers = new AtomicInteger();
    private final SignalingServer server = SignalingServer.of(SignalingHub.builder()
            .clock(clock)
            .peerIds(() -> new PeerId("p" + peers.incrementAndGet()))
            .limits(Limits.builder().outboxMessages(KEPT).build())
            .listener(new SignalingListener() {
                @Override
                public void suspended(PeerId peer) {
                    events.add(peer + " suspended");
                }

                @Override
                public void disconnected(PeerId peer, CloseStatus status) {
                    events.add(peer + " " + status);
                }
            })
            .build());

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    private final List<SocketPeer> open = new ArrayList<>();
    private final Arrival watcher = arrive();
    private final Arrival owner = arrive();

    /** A connection, and what it was greeted with. */
    private record Arrival(SocketPeer peer, String id, String token) {}

    private Arrival arrive() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal", "Sec-WebSocket-Protocol: signaling.v1")
                .checkedBy(Schemas.v1()::requireFromServer);
        open.add(peer);
        String greeting = peer.next();
        return new Arrival(peer, field("peer", greeting), field("resume", greeting));
    }

    private static String field(String name, String text) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(text);
        assertTrue(field.find(), text);
        return field.group(1);
    }

    private static void join(Arrival arrival, String channel) {
        arrival.peer().join(channel);
        String answer = arrival.peer().next();
        assertTrue(
                answer.startsWith("{\"type\":\"joined-channel\",\"channel\":\"" + channel + "\",\"peer\":\""
                        + arrival.id() + "\""),
                answer);
    }

    @AfterEach
    void nothingIsLeft() {
        open.forEach(SocketPeer::close);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(31));
            assertEquals(0, server.hub().connections() + server.sessions());
        });
    }

    static Stream<String> refused() {
        return GOLDEN.keySet().stream().filter(name -> name.endsWith(".resume-failed"));
    }

    static Stream<String> granted() {
        return GOLDEN.keySet().stream()
                .filter(name -> GoldenFiles.code(name).isEmpty())
                .filter(name -> GOLDEN.getOrDefault(name, "").contains(GoldenFiles.TOKEN));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String name) {
        Arrival stranger = play(name);
        assertError("resume-failed", "7", stranger.peer().next());
        join(stranger, "elsewhere");
        assertNothingCame(stranger.peer(), watcher.peer());
        if (name.contains("-received-") || name.contains("-not-in-the-first-message")) {
            Arrival back = arrive();
            resume(back, owner.token(), 1);
            assertTrue(back.peer().next().contains("\"peer\":\"p2\",")); // it is none the worse
        }
    }

    @ParameterizedTest
    @MethodSource
    void granted(String name) {
        Arrival next = play(name);
        String answer = next.peer().next();
        assertTrue(
                answer.startsWith("{\"type\":\"connection-established\",") && answer.endsWith("\"id\":\"7\"}"), answer);
        if (name.equals("V24-token-when-too-much-was-kept")) {
            assertEquals(next.id(), field("peer", answer));
            assertEquals("overflow", field("reason", answer));
            assertEquals(peerLeft("p2", "disconnected"), watcher.peer().next());
            assertNothingCame(next.peer(), watcher.peer());
            return;
        }
        assertEquals("p2", field("peer", answer));
        assertTrue(answer.contains("\"resumed\":true,\"received\":1,"), answer);
        assertNotEquals(owner.token(), field("resume", answer));
        if (name.startsWith("V25")) {
            assertEquals("4500 replaced", owner.peer().ending());
        }
        signal(next.peer(), "\"here\"");
        assertEquals(signalFrom("p2", "\"here\""), watcher.peer().next());
        assertNothingCame(next.peer(), watcher.peer());
    }

    /** Lets happen what the name says, and then sends the file over a connection, which is returned. */
    private Arrival play(String name) {
        join(watcher, "stream-video");
        join(owner, "stream-video");
        watcher.peer().next(); // that p2 has joined
        Arrival older = arrive();
        String token = scene(name.replaceFirst("\\..*", ""), older);
        Arrival next = name.contains("-older-connection") || token.equals(older.token()) ? older : arrive();
        if (name.contains("-not-in-the-first-message")) {
            assertNothingCame(next.peer());
        }
        String text = GOLDEN.get(name);
        if (text == null) {
            throw new AssertionError("no golden file " + name);
        }
        next.peer().send(text.replace(GoldenFiles.TOKEN, token));
        return next;
    }

    /** The token that is to be shown then. */
    private String scene(String name, Arrival older) {
        switch (name) {
            case "V22-token-of-a-lost-peer", "V23-token-not-in-the-first-message", "V23-received-more-than-sent" ->
                lose(owner);
            case "V23-token-wrong", "V25-token-of-a-connected-peer" -> {}
            case "V23-token-of-this-connection" -> {
                return older.token();
            }
            case "V23-token-again" -> resumed(); // and nothing shows the server that its answer has come
            case "V23-token-used" -> {
                Arrival back = resumed();
                assertNothingCame(back.peer());
            }
            case "V25-token-on-an-older-connection" -> {
                return resumed().token();
            }
            case "V23-token-expired" -> {
                lose(owner);
                clock.advance(server.hub().limits().resumeGrace());
                assertEquals(peerLeft("p2", "timed-out"), watcher.peer().next());
            }
            case "V23-token-of-a-peer-that-closed" -> {
                owner.peer().close();
                assertEquals(peerLeft("p2", "disconnected"), watcher.peer().next());
            }
            case "V23-token-of-a-peer-that-was-removed" -> {
                owner.peer().sendBinary(new byte[1]);
                assertEquals(peerLeft("p2", "removed"), watcher.peer().next());
            }
            case "V23-received-less-than-said" -> {
                owner.peer().send("{\"type\":\"ping\",\"received\":1}");
                owner.peer().next();
                lose(owner);
            }
            case "V24-token-when-too-much-was-kept" -> flood();
            case "V24-token-after-an-overflow" -> {
                flood();
                resume(arrive(), owner.token(), 1);
                assertEquals(peerLeft("p2", "disconnected"), watcher.peer().next());
            }
            default -> throw new AssertionError("nobody knows how to play " + name);
        }
        return owner.token();
    }

    private void lose(Arrival arrival) {
        arrival.peer().reset();
        await().until(() -> events.contains(arrival.id() + " suspended"));
    }

    private void flood() {
        lose(owner);
        for (int i = 0; i <= KEPT; i++) {
            signal(watcher.peer(), "1");
        }
        assertNothingCame(watcher.peer());
    }

    private static void resume(Arrival over, String token, long received) {
        over.peer().send("{\"type\":\"resume\",\"token\":\"" + token + "\",\"received\":" + received + "}");
    }

    /** p2 over a new connection, with its new token. */
    private Arrival resumed() {
        Arrival over = arrive();
        resume(over, owner.token(), 1);
        String answer = over.peer().next();
        return new Arrival(over.peer(), field("peer", answer), field("resume", answer));
    }
}
