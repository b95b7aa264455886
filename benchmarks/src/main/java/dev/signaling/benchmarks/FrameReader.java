package dev.signaling.benchmarks;

import java.nio.ByteBuffer;

/** Cuts a server's bytes into frames (RFC 6455, section 5.2) and puts fragmented messages together. */
final class FrameReader {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LARGEST_MESSAGE = 64 * 1024;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;

    /** Gets whole messages and control frames; the payload is lent for the call. */
    interface Receiver {
        void received(int opcode, ByteBuffer payload);
    }

    private final Receiver receiver;
    private ByteBuffer fragments = ByteBuffer.allocate(0);
    private boolean fragmented;

    FrameReader(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Takes every whole frame from the bytes and leaves the rest in them. */
    void read(ByteBuffer bytes) {
        while (bytes.remaining() >= 2) {
            int start = bytes.position();
            int first = bytes.get() & 0xff;
            int second = bytes.get() & 0xff;
            if ((first & RESERVED) != 0 || second > 127) {
                throw new Violation("frame with reserved bits or a mask: %02x %02x".formatted(first, second));
            }
            int lengthBytes = second == 127 ? 8 : second == 126 ? 2 : 0;
            if (bytes.remaining() < lengthBytes) {
                bytes.position(start);
                return;
            }
            long length = second == 127 ? bytes.getLong() : second == 126 ? bytes.getShort() & 0xffff : second;
            if (length < 0 || length > LARGEST_MESSAGE) {
                throw new Violation("frame of " + length + " bytes");
            }
            if (bytes.remaining() < length) {
                bytes.position(start);
                return;
            }
            int end = bytes.position() + (int) length;
            frame((first & FIN) != 0, first & OPCODE, bytes.slice(bytes.position(), (int) length));
            bytes.position(end);
        }
    }

    private void frame(boolean last, int opcode, ByteBuffer payload) {
        if (opcode >= CLOSE) {
            receiver.received(opcode, payload);
        } else if (fragmented != (opcode == CONTINUATION)) {
            throw new Violation("opcode " + opcode + (fragmented ? " inside" : " outside") + " a fragmented message");
        } else if (last && !fragmented) {
            message(opcode, payload);
        } else {
            append(opcode, payload);
            fragmented = !last;
            if (last) {
                message(TEXT, fragments.flip());
                fragments = ByteBuffer.allocate(0);
            }
        }
    }

    private void append(int opcode, ByteBuffer payload) {
        requireText(opcode == CONTINUATION ? TEXT : opcode);
        int size = fragments.position() + payload.remaining();
        if (size > LARGEST_MESSAGE) {
            throw new Violation("fragmented message of more than " + LARGEST_MESSAGE + " bytes");
        }
        if (fragments.capacity() < size) {
            fragments = ByteBuffer.allocate(2 * size).put(fragments.flip());
        }
        fragments.put(payload);
    }

    private void message(int opcode, ByteBuffer payload) {
        requireText(opcode);
        receiver.received(opcode, payload);
    }

    private static void requireText(int opcode) {
        if (opcode != TEXT) {
            throw new Violation("message with opcode " + opcode);
        }
    }
}
