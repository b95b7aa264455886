package dev.signaling.jakarta;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that close sessions, since a container may take seconds for one. One closing that takes longer than it may
 * is interrupted, or as many peers as there are threads could keep all others from being closed: Open Liberty waits without
 * end for a read to be cancelled that has just failed (26.0.0.3, {@code WsocConnLink.finishReadBeforeClose}). None of the
 * threads exists while there is nothing to close.
 */
final class Closers {

    private static final int MOST = 4;

    /** At the end, how often those that do not give up are interrupted, and for how long they are waited for each time. */
    private static final int LAST_TRIES = 10;

    private static final Duration LAST_TRY = Duration.ofMillis(100);

    private final long longest; // ms
    private final LongSupplier now; // ms
    private final ThreadPoolExecutor threads;
    private final Set<Closing> closings = ConcurrentHashMap.newKeySet(); // those that wait, and those under way

    /**
     * Closers without anything to close.
     *
     * @param longest how long one closing may take
     * @param now the time in milliseconds of no particular epoch
     */
    Closers(Duration longest, LongSupplier now, ThreadFactory factory) {
        this.longest = longest.toMillis();
        this.now = now;
        // the queue holds at most two closings a session
        this.threads = new ThreadPoolExecutor(MOST, MOST, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        threads.setRejectedExecutionHandler((late, stopped) -> runHere((Closing) late));
    }

    /** Has a session closed soon. */
    void close(Runnable session) {
        Closing closing = new Closing(session);
        closings.add(closing);
        threads.execute(closing);
    }

    /** There is no thread of ours any more, and nobody else's is to be interrupted. */
    private void runHere(Closing late) {
        closings.remove(late);
        late.session.run();
    }

    /** Whether nothing is to be closed. */
    boolean areIdle() {
        return closings.isEmpty();
    }

    /** Interrupts what takes too long: each time anew, since a container may have taken no notice. */
    void interruptLate() {
        long time = now.getAsLong();
        closings.forEach(closing -> closing.interruptIfLate(time));
    }

    /**
     * Ends all threads, for good. What takes longer than that is interrupted, and what has not begun by then is left to the
     * container; whatever comes later is closed by whoever asks for it.
     *
     * @return whether all that was to be closed is closed
     */
    boolean stop(Duration most) throws InterruptedException {
        threads.shutdown();
        if (threads.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS)) {
            return true;
        }
        threads.shutdownNow();
        for (int i = 0; i < LAST_TRIES && !threads.awaitTermination(LAST_TRY.toMillis(), TimeUnit.MILLISECONDS); i++) {
            closings.forEach(Closing::interrupt);
        }
        return false;
    }

    /** The same without waiting. */
    void abandon() {
        threads.shutdownNow();
    }

    private final class Closing implements Runnable {

        private final Runnable session;
        private @Nullable Thread thread; // guarded by this: so none is interrupted that has gone on to something else
        private long since; // guarded by this

        Closing(Runnable session) {
            this.session = session;
        }

        @Override
        public void run() {
            synchronized (this) {
                thread = Thread.currentThread();
                since = now.getAsLong();
            }
            try {
                session.run();
            } finally {
                closings.remove(this);
                synchronized (this) {
                    thread = null;
                }
            }
        }

        synchronized void interruptIfLate(long time) {
            if (thread != null && time - since > longest) {
                thread.interrupt();
            }
        }

        synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
