package dev.signaling.testkit;

import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore.Subscriber;
import dev.signaling.spi.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps the events of one membership, and notices when two threads bring it some at once. */
final class RecordingSubscriber implements Subscriber {

    private static final Duration LINGERING = Duration.ofMillis(10);

    private final List<ServerMessage> events = new ArrayList<>();
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private final Consumer<ServerMessage> reaction;
    private int lingerings;
    private boolean overlapped;

    RecordingSubscriber() {
        this(event -> {});
    }

    /** One that does something about the events, after it has kept them. */
    RecordingSubscriber(Consumer<ServerMessage> reaction) {
        this.reaction = reaction;
    }

    /** One that takes its time over the first events, so that whoever must not come in meanwhile is seen. */
    static RecordingSubscriber lingering(int events) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        subscriber.lingerings = events;
        return subscriber;
    }

    @Override
    public void accept(Delivery event) {
        Thread before = inside.getAndSet(Thread.currentThread());
        synchronized (this) {
            events.add(event.message());
            overlapped |= before != null && before != Thread.currentThread();
            notifyAll();
            linger();
        }
        reaction.accept(event.message());
        inside.set(before);
    }

    /** Lets go of the monitor until another thread has come in, or for a moment. */
    private synchronized void linger() {
        long deadline = System.nanoTime() + LINGERING.toNanos();
        long left = LINGERING.toNanos();
        if (lingerings > 0) {
            lingerings--;
            try {
                while (!overlapped && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                    left = deadline - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether two threads were inside at once. */
    synchronized boolean overlapped() {
        return overlapped;
    }

    synchronized List<ServerMessage> events() {
        return List.copyOf(events);
    }

    /** Waits for an event. */
    synchronized void await(Predicate<ServerMessage> expected, String description, Duration patience) {
        Waiting.until(
                this,
                patience,
                () -> events.stream().anyMatch(expected),
                () -> description + " was not heard, only " + events);
    }
}
