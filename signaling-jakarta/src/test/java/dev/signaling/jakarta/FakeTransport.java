package dev.signaling.jakarta;

import dev.signaling.message.CloseStatus;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps what an outbox sends, and fails if two sends overlap. How and where the end of a send is told can be chosen. */
final class FakeTransport implements SessionTransport {

    private final List<String> sent = new ArrayList<>();
    private final List<CloseStatus> closed = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(77);
    private final Queue<SendHandler> held = new ArrayDeque<>();
    private @Nullable SessionOutbox outbox;
    private Executor ends;
    private boolean busy;
    private boolean overlapped;
    private int pings;
    private int broken;
    private @Nullable RuntimeException thrown;

    /** A transport that tells of the end of a send only when told to. */
    FakeTransport() {
        ends = command -> {};
    }

    /** A transport whose sends end by that executor; one that runs at once tells of the end from inside the send. */
    FakeTransport(Executor ends) {
        this.ends = ends;
    }

    void serve(SessionOutbox served) {
        outbox = served;
    }

    @Override
    public void send(Delivery delivery, Dialect dialect, SendHandler handler) {
        synchronized (this) {
            overlapped |= busy;
            busy = true;
            sent.add(delivery.as(dialect).orElseThrow());
            held.add(handler);
            if (thrown != null) {
                held.clear();
                busy = false;
                throw thrown;
            }
        }
        ends.execute(() -> end(handler, new SendResult()));
    }

    @Override
    public synchronized void ping() {
        overlapped |= busy;
        pings++;
    }

    @Override
    public synchronized void close(CloseStatus status) {
        closed.add(status);
    }

    @Override
    public void broken() {
        SessionOutbox served;
        synchronized (this) {
            broken++;
            served = outbox;
        }
        if (served != null) {
            served.close(CloseStatus.GONE); // as a session does, by way of the hub
        }
    }

    @Override
    public long now() {
        return now.get();
    }

    /** Lets time go by. */
    void pass(long milliseconds) {
        now.addAndGet(milliseconds);
    }

    private void end(SendHandler handler, SendResult result) {
        synchronized (this) {
            busy = false;
            held.remove(handler);
        }
        handler.onResult(result);
    }

    /** Tells of the end of the send under way. */
    void end() {
        end(oldest(), new SendResult());
    }

    /** Tells that the send under way has failed. */
    void fail() {
        end(oldest(), new SendResult(new IOException("connection reset")));
    }

    /** Tells of the end of the send under way, and then once more. */
    void endTwice() {
        SendHandler handler = oldest();
        end(handler, new SendResult());
        handler.onResult(new SendResult());
    }

    private synchronized SendHandler oldest() {
        return held.element();
    }

    /** From now on sends end by that executor. */
    synchronized void endBy(Executor value) {
        ends = value;
    }

    /** From now on the call of a send throws. */
    synchronized void throwFromSend(RuntimeException failure) {
        thrown = failure;
    }

    synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    synchronized int sentCount() {
        return sent.size();
    }

    synchronized List<CloseStatus> closed() {
        return List.copyOf(closed);
    }

    synchronized boolean overlapped() {
        return overlapped;
    }

    synchronized int pings() {
        return pings;
    }

    synchronized int timesBroken() {
        return broken;
    }
}
