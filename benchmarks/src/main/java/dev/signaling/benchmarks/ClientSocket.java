package dev.signaling.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A client's WebSocket. Belongs to its event loop's thread. */
final class ClientSocket {
    private static final int LARGEST_BACKLOG = 1024 * 1024;
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};
    private static final byte[] NOTHING = {};

    interface Listener {
        /** A text message; the payload is lent for the call. */
        void text(ByteBuffer payload);

        /** The TCP connection has ended after a closing handshake. */
        void closed();

        /** The server begins the closing handshake; who does not expect that has found a fault. */
        default void closing(int code, String reason) {
            throw new Violation("the server closed the connection with " + code + " " + reason);
        }

        /** The TCP connection has ended without a closing handshake. */
        default void broken(IOException why) {
            throw new UncheckedIOException("a connection failed", why);
        }
    }

    private enum State {
        HANDSHAKE,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final URI url;
    private final Listener listener;
    private final Handshake handshake;
    private final FrameReader reader = new FrameReader(this::received);
    private final FrameWriter writer = new FrameWriter();
    private ByteBuffer outbound = ByteBuffer.allocate(1024);
    private byte[] unread = NOTHING;
    private boolean flushPending;
    private State state = State.HANDSHAKE;

    ClientSocket(
            EventLoop loop,
            SocketChannel channel,
            SelectionKey key,
            URI url,
            Optional<String> subprotocol,
            Listener listener) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.url = url;
        this.listener = listener;
        this.handshake = new Handshake(subprotocol);
    }

    void send(byte[] text) {
        write(FrameReader.TEXT, text);
    }

    void close() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            write(FrameReader.CLOSE, NORMAL_CLOSURE);
        }
    }

    /** Ends the TCP connection without a word. */
    void cut() {
        try {
            state = State.CLOSED;
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset, as of a network that is gone
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot cut the connection to " + url, e);
        }
    }

    void ready() {
        try {
            if (key.isValid() && key.isConnectable() && channel.finishConnect()) {
                connected();
            }
            if (key.isValid() && key.isWritable()) {
                write();
            }
            if (key.isValid() && key.isReadable()) {
                read();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException why) {
        if (state != State.CLOSED) {
            cut();
            listener.broken(why);
        }
    }

    void connected() {
        key.interestOps(SelectionKey.OP_READ);
        byte[] request = handshake.request(url);
        room(request.length).put(request);
        flush();
    }

    void flush() {
        flushPending = false;
        if (state == State.CLOSED) {
            return;
        }
        try {
            write();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void write() throws IOException {
        channel.write(outbound.flip());
        boolean blocked = outbound.hasRemaining();
        outbound.compact();
        key.interestOps(blocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private void read() throws IOException {
        ByteBuffer bytes = loop.inbound.clear().put(unread);
        boolean ended = channel.read(bytes) < 0;
        bytes.flip();
        if (state == State.HANDSHAKE && handshake.read(bytes)) {
            state = State.OPEN;
        }
        if (state != State.HANDSHAKE && state != State.CLOSED) {
            reader.read(bytes);
        }
        unread = bytes.hasRemaining() ? new byte[bytes.remaining()] : NOTHING;
        bytes.get(unread);
        if (ended) {
            end();
        }
    }

    private void end() throws IOException {
        if (state == State.CLOSED) {
            return;
        }
        if (state != State.CLOSING) {
            throw new IOException("the server ended the connection, state " + state);
        }
        state = State.CLOSED;
        channel.close();
        listener.closed();
    }

    private void received(int opcode, ByteBuffer payload) {
        switch (opcode) {
            case FrameReader.TEXT -> listener.text(payload);
            case FrameReader.PING -> write(FrameReader.PONG, bytes(payload));
            case FrameReader.PONG -> {}
            case FrameReader.CLOSE -> closeReceived(payload);
            default -> throw new Violation("opcode " + opcode);
        }
    }

    private void closeReceived(ByteBuffer payload) {
        if (state == State.OPEN) {
            int code = payload.remaining() < 2 ? 1005 : payload.getShort() & 0xffff;
            listener.closing(code, new String(bytes(payload), java.nio.charset.StandardCharsets.UTF_8));
            close();
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    private void write(int opcode, byte[] payload) {
        if (state == State.CLOSED) {
            return;
        }
        writer.write(opcode, payload, room(payload.length + FrameWriter.LARGEST_HEADER));
        if (!flushPending) {
            flushPending = true;
            loop.flushLater(this);
        }
    }

    private ByteBuffer room(int size) {
        if (outbound.remaining() < size) {
            int needed = outbound.position() + size;
            if (needed > LARGEST_BACKLOG) {
                throw new Violation("the server does not read: " + outbound.position() + " bytes wait for it");
            }
            outbound = ByteBuffer.allocate(2 * needed).put(outbound.flip());
        }
        return outbound;
    }
}
