package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> received = new ArrayList<>();
    private final FrameReader reader =
            new FrameReader((opcode, payload) -> received.add(opcode + " " + UTF_8.decode(payload)));

    @Test
    void readsFramesThatArriveByteByByte() {
        String text = "x".repeat(300);
        byte[] frames = concat(frame(0x81, "one"), frame(0x81, text), frame(0x89, ""));
        ByteBuffer window = ByteBuffer.allocate(frames.length);
        for (byte next : frames) {
            window.put(next).flip();
            reader.read(window);
            window.compact();
        }
        assertEquals(List.of("1 one", "1 " + text, "9 "), received);
    }

    @Test
    void putsFragmentsTogetherAroundControlFrames() {
        reader.read(ByteBuffer.wrap(
                concat(frame(0x01, "a"), frame(0x00, "b"), frame(0x8a, "pong"), frame(0x80, "c"), frame(0x81, "d"))));
        assertEquals(List.of("10 pong", "1 abc", "1 d"), received);
    }

    @Test
    void refusesWhatAServerMustNotSend() {
        assertRefused(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0});
        assertRefused(frame(0xc1, "reserved bit"));
        assertRefused(frame(0x82, "binary"));
        assertRefused(frame(0x80, "continues nothing"));
        assertRefused(concat(frame(0x01, "first"), frame(0x81, "no continuation")));
        assertRefused(new byte[] {(byte) 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0});
    }

    private static void assertRefused(byte[] frames) {
        FrameReader fresh = new FrameReader((opcode, payload) -> {});
        assertThrows(Violation.class, () -> fresh.read(ByteBuffer.wrap(frames)));
    }

    private static byte[] frame(int first, String text) {
        byte[] payload = text.getBytes(UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 4).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) 126).putShort((short) payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(1024);
        for (byte[] part : parts) {
            all.put(part);
        }
        byte[] bytes = new byte[all.flip().remaining()];
        all.get(bytes);
        return bytes;
    }
}
