package dev.signaling.benchmarks;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Writes a client's frames, which are masked (RFC 6455, section 5.3). */
final class FrameWriter {
    static final int LARGEST_HEADER = 14;

    // The mask guards proxies against scripts; a measurement needs it to vary, not to be unpredictable.
    private final SplittableRandom masks = new SplittableRandom();

    /** Appends one whole frame; the buffer must have room for {@link #LARGEST_HEADER} bytes more than the payload. */
    void write(int opcode, byte[] payload, ByteBuffer to) {
        to.put((byte) (0x80 | opcode));
        int length = payload.length;
        if (length < 126) {
            to.put((byte) (0x80 | length));
        } else if (length < 65536) {
            to.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            to.put((byte) (0x80 | 127)).putLong(length);
        }
        int mask = masks.nextInt();
        to.putInt(mask);
        mask(ByteBuffer.wrap(payload), mask, to);
    }

    private static void mask(ByteBuffer payload, int mask, ByteBuffer to) {
        long wide = (mask & 0xffffffffL) << 32 | (mask & 0xffffffffL);
        while (payload.remaining() >= Long.BYTES) {
            to.putLong(payload.getLong() ^ wide);
        }
        for (int shift = 24; payload.hasRemaining(); shift = (shift + 24) % 32) {
            to.put((byte) (payload.get() ^ (mask >>> shift)));
        }
    }
}
