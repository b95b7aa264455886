package dev.signaling.conformance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What has come over a link and is not read yet. A full one makes the link stop reading. */
final class Inbox {

    /** How many a link may bring before one is taken. */
    static final int CAPACITY = 4_096;

    private final BlockingQueue<Heard> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private volatile Runnable taken = () -> {};

    /** Has that run for each text that is taken. */
    void onTaken(Runnable action) {
        taken = action;
    }

    void put(Heard heard) throws InterruptedException {
        waiting.put(heard);
    }

    /** For links that ask for no more than {@link #CAPACITY}, and so always find a place. */
    void add(Heard heard) {
        waiting.add(heard);
    }

    /** The next, or empty if none comes in that time. */
    Optional<Heard> take(Duration patience) throws InterruptedException {
        Heard heard = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (heard != null && !heard.isEnd()) {
            taken.run();
        }
        return Optional.ofNullable(heard);
    }
}
