package dev.signaling.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A channel over TLS whose handshake is done: what is read has been decrypted, what is written is encrypted. It waits for
 * nothing, as a channel that does not block. One thread may read while another one writes.
 */
final class TlsChannel implements ByteChannel {

    private final ByteChannel network;
    private final SSLEngine engine;
    private final ByteBuffer incoming;
    private final ByteBuffer outgoing;
    private boolean full;

    TlsChannel(ByteChannel network, SSLEngine engine) {
        this.network = network;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        incoming = ByteBuffer.allocate(packet).flip();
        outgoing = ByteBuffer.allocate(packet).flip();
    }

    /**
     * Reads what is there, as far as it fits.
     *
     * @param to with room for one record (RFC 8446, section 5.1) at least
     * @return how many bytes; -1 at the end, which may be the peer's word for it (close_notify) or the network's
     */
    @Override
    public int read(ByteBuffer to) throws IOException {
        int start = to.position();
        full = false;
        while (true) {
            SSLEngineResult result = engine.unwrap(incoming, to);
            runTasks();
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                if (to.position() == start) {
                    throw new SSLException("a record is longer than the buffer that is there for it");
                }
                full = true;
                return to.position() - start;
            }
            if (result.getStatus() == Status.CLOSED) {
                return end(to.position() - start);
            }
            if (result.getStatus() == Status.BUFFER_UNDERFLOW || !incoming.hasRemaining()) {
                incoming.compact();
                int read = network.read(incoming);
                incoming.flip();
                if (read < 0) {
                    return end(to.position() - start);
                }
                if (read == 0) {
                    return to.position() - start;
                }
            }
        }
    }

    private static int end(int read) {
        return read == 0 ? -1 : read;
    }

    /** Whether the last read has left something behind for want of room: the network will not tell of it again. */
    boolean hasMore() {
        return full;
    }

    /** Writes as much as the network takes. What counts as written may still wait here: see {@link #drain}. */
    @Override
    public int write(ByteBuffer from) throws IOException {
        int start = from.position();
        while (from.hasRemaining() && drain()) {
            outgoing.clear();
            SSLEngineResult result;
            try {
                result = engine.wrap(from, outgoing);
            } finally {
                outgoing.flip();
            }
            runTasks();
            if (result.getStatus() == Status.CLOSED) {
                throw new ClosedChannelException();
            }
            if (result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                throw new SSLException("nothing can be encrypted: " + result);
            }
        }
        drain();
        return from.position() - start;
    }

    /** Hands on to the network what has been encrypted. True if that was all. */
    boolean drain() throws IOException {
        if (outgoing.hasRemaining()) {
            network.write(outgoing);
        }
        return !outgoing.hasRemaining();
    }

    /** After the handshake these are a key update's at most, and short. */
    private void runTasks() {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            Runnable task = engine.getDelegatedTask();
            if (task == null) {
                return;
            }
            task.run();
        }
    }

    @Override
    public boolean isOpen() {
        return network.isOpen();
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
