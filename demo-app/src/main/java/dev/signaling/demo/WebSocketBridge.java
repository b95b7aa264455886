package dev.signaling.demo;

import dev.signaling.demo.Unmasker.FrameException;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.Processor;
import org.glassfish.grizzly.ProcessorResult;
import org.glassfish.grizzly.ReadResult;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.MessageCloner;
import org.glassfish.grizzly.asyncqueue.PushBackHandler;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.ReadHandler;
import org.glassfish.tyrus.spi.WebSocketEngine.UpgradeInfo;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket's way between the network and Tyrus. What a selector thread writes while it handles one read goes out at
 * the end of it, one write a connection (see {@link WriteBatch}).
 *
 * <p>A send counts as done as soon as the bridge holds little of what was sent before, so that whoever waits for the end of
 * one before the next can still fill a write. A peer that does not read makes it wait.
 */
@SuppressWarnings("rawtypes") // Grizzly's signatures are
final class WebSocketBridge extends Writer implements Processor<Context> {

    private static final Logger LOGGER = System.getLogger(WebSocketBridge.class.getName());

    private static final Attribute<WebSocketBridge> BRIDGE =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(WebSocketBridge.class.getName());

    private static final int READ_BYTES = 64 * 1024;
    private static final ThreadLocal<ByteBuffer> READ_BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(READ_BYTES));

    /** More memory than that held back and sends have to wait. */
    private static final int LITTLE = 64 * 1024;

    /** More memory than that, which only answers to pings can take, and the connection ends. */
    private static final int MUCH = 1024 * 1024;

    /** So long a peer has to take what is left when its connection closes. */
    private static final long FAREWELL_SECONDS = 5;

    private final NIOConnection connection;
    private final ByteChannel channel;
    private final @Nullable TlsChannel tls; // the channel, if it is one that encrypts
    private final Unmasker unmasker;
    private volatile org.glassfish.tyrus.spi.@Nullable Connection tyrus; // set in open(), before the first read
    private @Nullable ReadHandler frames; // used by the connection's selector thread alone

    // guarded by this
    private final FrameQueue queue = new FrameQueue();
    private List<CompletionHandler<ByteBuffer>> waiting = List.of();
    private boolean inBatch;
    private boolean blocked;
    private boolean closing;
    private boolean closed;

    WebSocketBridge(NIOConnection connection, int mostPayload) {
        this.connection = connection;
        SocketChannel network = (SocketChannel) connection.getChannel();
        SSLEngine engine = SSLUtils.getSSLEngine(connection);
        this.tls = engine == null ? null : new TlsChannel(network, engine);
        this.channel = tls == null ? network : tls;
        this.unmasker = new Unmasker(mostPayload, new FrameAllowance(System::nanoTime));
    }

    /** The bridge that a connection was handed over to, if it was. */
    static Optional<WebSocketBridge> of(Connection<?> connection) {
        return Optional.ofNullable(BRIDGE.get(connection));
    }

    /** Takes the connection over: answers the handshake and lets Tyrus open its session. */
    void open(UpgradeInfo upgrade, ByteBuffer answer) {
        Processor<?> chain = connection.obtainProcessor(IOEvent.CLOSED);
        connection.setProcessorSelector((event, any) -> chain); // all but reads and writes stays the chain's
        connection.setProcessor(this);
        IdleTimeoutFilter.setCustomTimeout(connection, -1, TimeUnit.SECONDS); // liveness is the endpoint's
        BRIDGE.set(connection, this);
        boolean outermost = WriteBatch.begin();
        try {
            synchronized (this) {
                queue.add(answer);
            }
            org.glassfish.tyrus.spi.Connection opened =
                    upgrade.createConnection(this, reason -> connection.closeSilently());
            frames = opened.getReadHandler();
            tyrus = opened;
        } finally {
            WriteBatch.add(this);
            WriteBatch.end(outermost);
        }
        if (!connection.isOpen()) {
            ended(); // it came to its end before there was a session to tell
        }
    }

    /** The network's word that the connection is over. */
    void ended() {
        synchronized (this) {
            closed = true;
            queue.clear();
        }
        closeTyrus(CloseCodes.CLOSED_ABNORMALLY, "");
        takeWaiting().forEach(done -> done.failed(new IOException("the connection is closed")));
    }

    private void closeTyrus(CloseReason.CloseCode code, String reason) {
        org.glassfish.tyrus.spi.Connection opened = tyrus;
        if (opened != null) {
            opened.close(new CloseReason(code, reason));
        }
    }

    private void read() throws IOException {
        do {
            readOnce();
        } while (tls != null && tls.hasMore() && connection.isOpen());
    }

    private void readOnce() throws IOException {
        ByteBuffer bytes = READ_BUFFER.get().clear();
        unmasker.resume(bytes);
        int read = channel.read(bytes);
        if (read < 0 || frames == null) {
            connection.closeSilently();
            return;
        }
        if (isClosing()) {
            return; // read nevertheless: a peer that cannot get rid of its bytes does not come to read why it is
            // closed
        }
        boolean outermost = WriteBatch.begin();
        try {
            Optional<FrameException> fault = unmask(bytes.flip());
            if (bytes.hasRemaining()) {
                frames.handle(bytes);
            }
            fault.ifPresent(e -> closeTyrus(CloseCodes.getCloseCode(e.status()), e.reason()));
        } finally {
            WriteBatch.end(outermost);
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private Optional<FrameException> unmask(ByteBuffer bytes) {
        try {
            unmasker.unmask(bytes);
            return Optional.empty();
        } catch (FrameException e) {
            return Optional.of(e);
        }
    }

    @Override
    public void write(ByteBuffer frame, @Nullable CompletionHandler<ByteBuffer> done) {
        boolean refused;
        boolean completes;
        boolean flushes = false;
        synchronized (this) {
            refused = closed || closing || queue.cost() > MUCH;
            if (!refused) {
                queue.add(frame);
                if (!blocked && !inBatch) {
                    inBatch = WriteBatch.add(this);
                    flushes = !inBatch;
                }
            }
            completes = queue.cost() <= LITTLE;
            if (!refused && !completes && done != null) {
                waiting = waiting.isEmpty() ? new ArrayList<>(2) : waiting;
                waiting.add(done);
            }
        }
        if (refused) {
            connection.closeSilently();
            if (done != null) {
                done.failed(new IOException("the connection is closed"));
            }
            return;
        }
        if (flushes) {
            flush();
        }
        if (completes && done != null) {
            done.completed(frame);
        }
    }

    /** Writes what the network takes now; the rest when it takes more. */
    void flush() {
        boolean ends;
        boolean hasRoom;
        synchronized (this) {
            inBatch = false;
            if (closed) {
                return;
            }
            try {
                boolean all = queue.writeTo(channel) && (tls == null || tls.drain());
                ends = all && closing;
                await(!all);
            } catch (IOException e) {
                queue.clear();
                ends = true;
            }
            closed = ends;
            hasRoom = queue.cost() <= LITTLE;
        }
        if (hasRoom) {
            takeWaiting().forEach(done -> done.completed(null));
        }
        if (ends) {
            connection.closeSilently();
        }
    }

    /** Ends the connection for a fault that is none of the peer's. */
    void failed(Throwable fault) {
        LOGGER.log(Level.ERROR, "a connection failed", fault);
        connection.closeSilently();
    }

    /** Asks to be told when the network takes more, or no longer to be told. */
    private void await(boolean more) throws IOException {
        if (more != blocked) {
            blocked = more;
            if (more) {
                connection.enableIOEvent(IOEvent.WRITE);
            } else {
                connection.disableIOEvent(IOEvent.WRITE);
            }
        }
    }

    private synchronized List<CompletionHandler<ByteBuffer>> takeWaiting() {
        List<CompletionHandler<ByteBuffer>> taken = waiting;
        waiting = List.of();
        return taken;
    }

    /** Ends the connection behind what is still to be written, if the peer takes it in time. */
    @Override
    public void close() {
        boolean later;
        synchronized (this) {
            closing = true;
            later = inBatch;
        }
        if (!later) {
            flush();
        }
        if (connection.isOpen()) {
            CompletableFuture.delayedExecutor(FAREWELL_SECONDS, TimeUnit.SECONDS)
                    .execute(connection::terminateSilently);
        }
    }

    @Override
    public ProcessorResult process(Context context) {
        try {
            if (context.getIoEvent() == IOEvent.READ) {
                read();
            } else if (context.getIoEvent() == IOEvent.WRITE) {
                flush();
            }
        } catch (IOException e) {
            connection.closeSilently(); // the peer's end, or the network's
        } catch (RuntimeException | Error e) {
            failed(e);
        }
        return ProcessorResult.createComplete();
    }

    @Override
    public Context obtainContext(Connection any) {
        Context context = Context.create(any);
        context.setProcessor(this);
        return context;
    }

    @Override
    public boolean isInterested(IOEvent event) {
        return event == IOEvent.READ || event == IOEvent.WRITE;
    }

    @Override
    public void setInterested(IOEvent event, boolean interested) {
        throw new UnsupportedOperationException("reads and writes, always");
    }

    @Override
    public void read(Connection any, org.glassfish.grizzly.CompletionHandler<ReadResult> handler) {
        throw new UnsupportedOperationException("reads are Tyrus's alone");
    }

    @Override
    public void write(
            Connection any, Object address, Object message, org.glassfish.grizzly.CompletionHandler<WriteResult> done) {
        throw new UnsupportedOperationException("writes are Tyrus's alone");
    }

    @Override
    public void write(
            Connection any,
            Object address,
            Object message,
            org.glassfish.grizzly.CompletionHandler<WriteResult> done,
            MessageCloner cloner) {
        throw new UnsupportedOperationException("writes are Tyrus's alone");
    }

    @Override
    @Deprecated
    public void write(
            Connection any,
            Object address,
            Object message,
            org.glassfish.grizzly.CompletionHandler<WriteResult> done,
            PushBackHandler handler) {
        throw new UnsupportedOperationException("writes are Tyrus's alone");
    }
}
