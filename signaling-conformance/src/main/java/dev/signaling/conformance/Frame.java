package dev.signaling.conformance;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** A frame (RFC 6455, section 5.2), its payload unmasked. */
final class Frame {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int LARGEST = 1 << 24;

    private final boolean last;
    private final int opcode;
    private final byte[] payload;

    Frame(boolean last, int opcode, byte[] payload) {
        this.last = last;
        this.opcode = opcode;
        this.payload = payload;
    }

    static Frame text(String text) {
        return new Frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static Frame close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        return new Frame(
                true,
                CLOSE,
                ByteBuffer.allocate(2 + words.length)
                        .putShort((short) code)
                        .put(words)
                        .array());
    }

    static Frame read(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((first & 0x70) != 0 || length < 0 || length > LARGEST) {
            throw new IOException("a frame that was not agreed upon: first byte " + first + ", length " + length);
        }
        byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        if (mask.length == 4) {
            apply(mask, payload);
        }
        return new Frame((first & 0x80) != 0, first & 0xf, payload);
    }

    private static void apply(byte[] mask, byte[] payload) {
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
    }

    boolean last() {
        return last;
    }

    int opcode() {
        return opcode;
    }

    byte[] payload() {
        return payload.clone();
    }

    /** The payload as text. */
    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** As servers send it. */
    byte[] bare() {
        return encoded(false);
    }

    /** As clients send it. */
    byte[] masked() {
        return encoded(true);
    }

    private byte[] encoded(boolean mask) {
        ByteBuffer bytes = ByteBuffer.allocate(14 + payload.length).put((byte) ((last ? 0x80 : 0) | opcode));
        int high = mask ? 0x80 : 0;
        if (payload.length < 126) {
            bytes.put((byte) (high | payload.length));
        } else if (payload.length < 65_536) {
            bytes.put((byte) (high | 126)).putShort((short) payload.length);
        } else {
            bytes.put((byte) (high | 127)).putLong(payload.length);
        }
        byte[] body = payload.clone();
        if (mask) {
            byte[] key = new byte[4];
            ThreadLocalRandom.current().nextBytes(key);
            bytes.put(key);
            apply(key, body);
        }
        bytes.put(body).flip();
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return all;
    }
}
