package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers that are faulty, or mean harm, can do to a connection, and what they cannot do to others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BridgeAttackTest {

    private static final String CANDIDATE = "{\"type\":\"icecandidate\",\"candidate\":null}";

    private final SignalingServer signaling = SignalingServer.of(SignalingHub.builder()
            .limits(Limits.builder()
                    .messagesPerSecond(100_000)
                    .messageBurst(100_000)
                    .charactersPerSecond(1_000_000_000)
                    .characterBurst(1_000_000_000)
                    .build())
            .build());
    private final DemoServer server;

    BridgeAttackTest() throws IOException {
        server = DemoServer.start("127.0.0.1", 0, OriginPolicy.anyone(), signaling);
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    @Test
    void framesMayBeSplitAtEveryByte() {
        byte[] frames = WireClient.together(
                WireClient.text(CANDIDATE),
                WireClient.text(offer(200)),
                WireClient.frame(WireClient.FINAL | WireClient.PING, new byte[3]));
        try (WireClient peer = member("split");
                WireClient other = member("split")) {
            for (int at = 0; at <= frames.length; at++) {
                peer.write(Arrays.copyOf(frames, at));
                peer.write(Arrays.copyOfRange(frames, at, frames.length));
                assertEquals(CANDIDATE, other.next());
                assertEquals(offer(200), other.next());
                assertEquals("pong 3", peer.next());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {125, 126, 127, 32_765, 65_535, 65_536})
    void lengthsAtTheBordersOfTheirEncodingsArrive(int length) {
        try (WireClient peer = member("length");
                WireClient other = member("length")) {
            peer.write(WireClient.together(
                    WireClient.text(offer(length)), WireClient.text(CANDIDATE), WireClient.text(offer(length))));
            assertEquals(offer(length), other.next());
            assertEquals(CANDIDATE, other.next());
            assertEquals(offer(length), other.next());
        }
    }

    /** Every read is full of frames and cuts one somewhere, headers among them. */
    @Test
    void manyFramesInOneGoArriveInOrder() {
        int count = FrameAllowance.AT_ONCE;
        StringBuilder expected = new StringBuilder();
        byte[][] frames = new byte[count][];
        for (int i = 0; i < count; i++) {
            frames[i] = WireClient.frame(WireClient.FINAL | WireClient.PING, new byte[i % 126]);
            expected.append("pong ").append(i % 126).append('\n');
        }
        try (WireClient peer = member("many")) {
            peer.write(WireClient.together(frames));
            StringBuilder heard = new StringBuilder();
            for (int i = 0; i < count; i++) {
                heard.append(peer.next()).append('\n');
            }
            assertEquals(expected.toString(), heard.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {WireClient.FINAL | WireClient.PING, WireClient.FINAL | WireClient.PONG, WireClient.CONTINUATION})
    void framesThatEndNoMessageAreBounded(int first) {
        byte[] frame = WireClient.frame(first, new byte[0]);
        byte[][] frames = new byte[FrameAllowance.AT_ONCE * 2][];
        Arrays.fill(frames, frame);
        try (WireClient peer = member("flood");
                WireClient other = member("flood")) {
            if (first == WireClient.CONTINUATION) {
                peer.write(WireClient.frame(WireClient.TEXT, new byte[0]));
            }
            peer.write(WireClient.together(frames));
            String last = peer.next();
            while (last.startsWith("pong")) {
                last = peer.next();
            }
            assertEquals("close 1008 rate-limited", last);
            try (WireClient late = member("flood")) {
                late.write(WireClient.text(CANDIDATE));
                assertEquals(CANDIDATE, other.next());
            }
        }
    }

    @Test
    void aPingMayComeBetweenFragments() {
        try (WireClient peer = member("fragments");
                WireClient other = member("fragments")) {
            byte[] text = CANDIDATE.getBytes(StandardCharsets.UTF_8);
            peer.write(WireClient.frame(WireClient.TEXT, Arrays.copyOf(text, 7)));
            peer.write(WireClient.frame(WireClient.FINAL | WireClient.PING, new byte[1]));
            peer.write(WireClient.frame(WireClient.FINAL, Arrays.copyOfRange(text, 7, text.length)));
            assertEquals("pong 1", peer.next());
            assertEquals(CANDIDATE, other.next());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x81, 0, 5, 1002", // no mask
        "0xc1, 0x80, 0, 1002", // a reserved bit
        "0x83, 0x80, 0, 1002", // a reserved opcode
        "0x81, 0x80, 1048577, 1009",
        "0x81, 0x80, -1, 1009" // the highest bit of 64
    })
    void aFaultyFrameEndsTheConnectionBehindWhatCameBeforeIt(int first, int masked, long length, int code) {
        try (WireClient peer = member("fault");
                WireClient other = member("fault")) {
            peer.write(WireClient.together(WireClient.text(CANDIDATE), WireClient.claim(first, masked, length)));
            String ending = peer.next();
            assertTrue(ending.startsWith("close " + code + " "), ending);
            assertEquals("end", peer.next());
            assertEquals(CANDIDATE, other.next());
        }
    }

    @Test
    void fragmentsWithoutEndAreTooLarge() {
        try (WireClient peer = member("endless")) {
            peer.write(WireClient.frame(WireClient.TEXT, new byte[60_000]));
            byte[] more = WireClient.frame(0, new byte[60_000]);
            peer.write(WireClient.together(more, more, more, more));
            assertEquals("close 1009 message-too-large", peer.next());
        }
    }

    private WireClient member(String channel) {
        return WireClient.member(server.port(), channel);
    }

    /** An offer of so many characters. */
    private static String offer(int length) {
        String frame = "{\"type\":\"offer\",\"sdp\":\"\"}";
        return "{\"type\":\"offer\",\"sdp\":\"" + "x".repeat(length - frame.length()) + "\"}";
    }
}
