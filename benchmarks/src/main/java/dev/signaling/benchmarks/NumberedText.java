package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * A sender's messages: all alike but for a number of fixed width, so that making the next and checking one costs little. The sender's name is in
 * each, so a message that reaches the wrong peer is told apart.
 */
final class NumberedText {
    private static final int DIGITS = 10;
    private static final String ZERO = "0".repeat(DIGITS);
    private static final String FILLER =
            "842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 192.168.17.4 rport 46154 generation 0 ufrag EsAw network-cost 999 ";
    private static final String SDP_LINES =
            "a=rtpmap:96 VP8/90000\\r\\na=rtcp-fb:96 goog-remb\\r\\na=rtcp-fb:96 transport-cc\\r\\n"
                    + "a=rtcp-fb:96 ccm fir\\r\\na=rtcp-fb:96 nack pli\\r\\na=fmtp:97 apt=96\\r\\n";

    private final byte[] text;
    private final int numberAt;

    private NumberedText(String head, String filler, String tail, int length) {
        int missing = length - head.length() - tail.length();
        if (missing < 0) {
            throw new IllegalArgumentException(
                    "a message takes at least " + (length - missing) + " bytes, not " + length);
        }
        text = (head + filler.repeat(missing / filler.length() + 1).substring(0, missing) + tail).getBytes(UTF_8);
        numberAt = head.indexOf(ZERO);
    }

    static NumberedText candidate(String sender, int length) {
        return new NumberedText(
                "{\"type\":\"icecandidate\",\"candidate\":{\"candidate\":\"candidate:%s %s ".formatted(sender, ZERO),
                FILLER,
                "\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}",
                length);
    }

    /** An offer or answer, whose line ends are escaped in JSON as in life. */
    static NumberedText description(String type, String sender, int length) {
        String head =
                "{\"type\":\"%s\",\"sdp\":\"v=0\\r\\no=- %s %s IN IP4 127.0.0.1\\r\\n".formatted(type, ZERO, sender);
        int lines = (length - head.length() - 2) / SDP_LINES.length();
        return new NumberedText(head + SDP_LINES.repeat(Math.max(0, lines)), "a", "\"}", length);
    }

    /** The message with that number; the array is the same at every call. */
    byte[] numbered(long number) {
        long rest = number;
        for (int at = numberAt + DIGITS - 1; at >= numberAt; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return text;
    }

    void requireEqual(long number, ByteBuffer received) {
        ByteBuffer expected = ByteBuffer.wrap(numbered(number));
        if (!expected.equals(received)) {
            throw new Violation("expected " + UTF_8.decode(expected) + "\nbut received " + UTF_8.decode(received));
        }
    }
}
