package dev.signaling.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Drives every connection of a measurement from the one thread that calls {@link #runUntil}, so that one core can drive any server. */
final class EventLoop implements Closeable {
    private static final int LARGEST_READ = 256 * 1024;

    private final Selector selector;
    private final ArrayDeque<ClientSocket> unflushed = new ArrayDeque<>();

    /** Lent to a connection for as long as it reads: what it cannot use yet it keeps itself. */
    final ByteBuffer inbound = ByteBuffer.allocateDirect(LARGEST_READ);

    EventLoop() throws IOException {
        selector = Selector.open();
    }

    ClientSocket connect(URI url, ClientSocket.Listener listener) {
        return connect(url, Optional.empty(), listener);
    }

    ClientSocket connect(URI url, Optional<String> subprotocol, ClientSocket.Listener listener) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            ClientSocket connection = new ClientSocket(this, channel, key, url, subprotocol, listener);
            key.attach(connection);
            if (channel.connect(new InetSocketAddress(url.getHost(), url.getPort()))) {
                connection.connected();
            }
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + url, e);
        }
    }

    /** The connection has something to write: it is flushed when the event at hand has been handled. */
    void flushLater(ClientSocket connection) {
        unflushed.add(connection);
    }

    /** Returns as soon as the condition holds, or false when the time is over. */
    boolean runUntil(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        flush();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            flush(); // what the condition has sent
            try {
                selector.select(this::handle, Math.max(1, Math.min(100, left / 1_000_000)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return true;
    }

    private void handle(SelectionKey key) {
        ((ClientSocket) key.attachment()).ready();
        flush();
    }

    private void flush() {
        for (ClientSocket next = unflushed.poll(); next != null; next = unflushed.poll()) {
            next.flush();
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
