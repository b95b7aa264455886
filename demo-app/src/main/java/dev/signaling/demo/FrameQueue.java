package dev.signaling.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;

/**
 * The frames that one connection has still to write. Several small ones leave in one call to the kernel, which costs far
 * more than copying them together. For use by one thread at a time.
 */
final class FrameQueue {

    /** As much is copied together for one write; greater frames go by themselves. */
    private static final int TOGETHER = 64 * 1024;

    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(TOGETHER));

    /** What a frame takes of memory besides its bytes, about: its buffer and Tyrus's record of the send. */
    private static final int FRAME_COST = 192;

    private final ArrayDeque<ByteBuffer> frames = new ArrayDeque<>(2);
    private int bytes;

    void add(ByteBuffer frame) {
        frames.add(frame);
        bytes += frame.remaining();
    }

    /** How many bytes wait. */
    int bytes() {
        return bytes;
    }

    /** About how much memory they take, which is far more than their bytes if they are small. */
    long cost() {
        return bytes + (long) frames.size() * FRAME_COST;
    }

    void clear() {
        frames.clear();
        bytes = 0;
    }

    /** Writes what the channel takes without waiting. True if that was all. */
    boolean writeTo(WritableByteChannel channel) throws IOException {
        while (bytes > 0) {
            ByteBuffer next = together();
            int offered = next.remaining();
            int written = channel.write(next);
            remove(written);
            if (written < offered) {
                return false;
            }
        }
        frames.clear(); // what is left has no bytes
        return true;
    }

    /** The first frame, or the first few in one buffer, without taking them out. */
    private ByteBuffer together() {
        ByteBuffer first = frames.element();
        if (frames.size() == 1 || first.remaining() >= TOGETHER) {
            return first.duplicate();
        }
        ByteBuffer buffer = BUFFER.get().clear();
        for (ByteBuffer frame : frames) {
            if (frame.remaining() > buffer.remaining()) {
                break;
            }
            buffer.put(frame.duplicate());
        }
        return buffer.flip();
    }

    private void remove(int written) {
        bytes -= written;
        int left = written;
        while (left > 0) {
            ByteBuffer first = frames.element();
            int taken = Math.min(left, first.remaining());
            first.position(first.position() + taken);
            left -= taken;
            if (!first.hasRemaining()) {
                frames.remove();
            }
        }
    }
}
