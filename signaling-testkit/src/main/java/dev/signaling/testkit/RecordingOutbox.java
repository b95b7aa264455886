package dev.signaling.testkit;

import dev.signaling.message.CloseStatus;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An outbox that keeps what it takes. It takes until it is told that it is {@linkplain #fill() full}, or is closed. Safe
 * to be used by several threads.
 */
public final class RecordingOutbox implements Outbox {

    private final List<Delivery> taken = new ArrayList<>();
    private boolean full;
    private Optional<CloseStatus> closed = Optional.empty();

    /** An empty outbox with room for all that may come. */
    public RecordingOutbox() {}

    @Override
    public synchronized boolean offer(Delivery delivery) {
        if (closed.isPresent()) {
            return true; // taken and thrown away
        }
        if (full) {
            return false;
        }
        taken.add(delivery);
        notifyAll();
        return true;
    }

    @Override
    public synchronized void close(CloseStatus status) {
        if (closed.isEmpty()) {
            closed = Optional.of(status);
            notifyAll();
        }
    }

    @Override
    public synchronized void close(CloseStatus status, Delivery lastWord) {
        if (closed.isEmpty()) {
            taken.add(lastWord);
            close(status);
        }
    }

    /** From now on nothing is taken, as if the peer had stopped reading. */
    public synchronized void fill() {
        full = true;
    }

    /** What was taken and not {@linkplain #drain() drained}, in order. */
    public synchronized List<Delivery> deliveries() {
        return List.copyOf(taken);
    }

    /** The messages of {@link #deliveries()}. */
    public synchronized List<ServerMessage> messages() {
        return taken.stream().map(Delivery::message).toList();
    }

    /** The messages, which are forgotten: a story is told chapter by chapter. */
    public synchronized List<ServerMessage> drain() {
        List<ServerMessage> messages = messages();
        taken.clear();
        return messages;
    }

    /**
     * Takes the oldest message away, waiting for it if there is none.
     *
     * @throws AssertionError if none has come after ten seconds
     */
    public synchronized ServerMessage next() {
        Waiting.until(this, () -> !taken.isEmpty(), () -> "no message has come");
        return taken.remove(0).message();
    }

    /** What the outbox was closed with first; empty if it is open. */
    public synchronized Optional<CloseStatus> closed() {
        return closed;
    }
}
