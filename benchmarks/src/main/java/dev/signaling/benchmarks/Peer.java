package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;

/** A client that speaks the tutorial's format: connects, joins one channel, then exchanges whatever its scenario says. */
abstract class Peer implements ClientSocket.Listener {
    private enum State {
        CONNECTING,
        JOINING,
        JOINED,
        CLOSED
    }

    private final String channel;
    private final ClientSocket connection;
    private State state = State.CONNECTING;

    @SuppressWarnings("this-escape") // nothing is received before the event loop runs
    Peer(EventLoop loop, URI url, String channel) {
        this.channel = channel;
        connection = loop.connect(url, this);
    }

    /** The server has answered the join. */
    abstract void joined();

    /** A message that another peer sent; the payload is lent for the call. */
    abstract void received(ByteBuffer payload);

    @Override
    public final void text(ByteBuffer payload) {
        switch (state) {
            case CONNECTING -> {
                require(payload, "\"connection-established\"");
                state = State.JOINING;
                send("{\"type\":\"join-channel\",\"channel\":\"%s\"}"
                        .formatted(channel)
                        .getBytes(UTF_8));
            }
            case JOINING -> {
                require(payload, "\"joined-channel\"");
                state = State.JOINED;
                joined();
            }
            default -> received(payload);
        }
    }

    @Override
    public void closed() {
        state = State.CLOSED;
    }

    final boolean isClosed() {
        return state == State.CLOSED;
    }

    final void send(byte[] text) {
        connection.send(text);
    }

    final void close() {
        connection.close();
    }

    private static void require(ByteBuffer payload, String type) {
        String text = UTF_8.decode(payload).toString();
        if (!text.contains(type)) {
            throw new Violation("expected a message of type " + type + " but received " + text);
        }
    }
}
