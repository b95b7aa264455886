package dev.signaling.jakarta;

import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one server and what time does to them: one thread that looks at all of them, usually once a second, and
 * {@linkplain Closers those that close}. Neither exists while there are no sessions and no peer is waited for, nor once it is
 * stopped, so that nothing of a stopped application stays.
 */
final class SessionKeeper {

    private static final Logger LOGGER = System.getLogger(SessionKeeper.class.getName());

    private final SignalingHub hub;
    private final Runnable besides;
    private final Liveness liveness;
    private final long period; // ns
    private final LongSupplier nanoTime;
    private final Set<SignalingSession> sessions = ConcurrentHashMap.newKeySet();
    private final Closers closers;
    private final long longestStep; // ms
    private volatile long unseen; // ms; written by the ticker alone
    private volatile long now;
    private @Nullable ScheduledExecutorService ticker; // guarded by this
    private boolean stopped; // guarded by this

    /**
     * A keeper without sessions.
     *
     * @param besides what else is to be done at each look
     * @param period how long to wait between two looks at the sessions
     * @param nanoTime the clock that all times are measured by
     */
    SessionKeeper(SignalingHub hub, Runnable besides, Liveness liveness, Duration period, LongSupplier nanoTime) {
        this.hub = hub;
        this.besides = besides;
        this.liveness = liveness;
        this.period = period.toNanos();
        this.nanoTime = nanoTime;
        Duration deadline =
                liveness.timeout().compareTo(liveness.sendTimeout()) < 0 ? liveness.timeout() : liveness.sendTimeout();
        this.longestStep = Math.max(2 * period.toMillis(), deadline.toMillis() / 2);
        this.now = millis();
        // not of the last look: while nothing was looked after, that may be long ago
        this.closers = new Closers(liveness.closeTimeout(), this::millis, threads("close"));
    }

    /** The time of the last look at the sessions, in milliseconds of no particular epoch, never 0. */
    long now() {
        return now;
    }

    void keep(SignalingSession session) {
        synchronized (this) {
            if (stopped) {
                session.beginAt(now); // the hub is about to refuse it
                return;
            }
            wake();
            session.beginAt(now);
            sessions.add(session);
        }
    }

    /** Sees to it that somebody looks at what there is. */
    private synchronized void wake() {
        if (ticker == null && !stopped) {
            now = millis(); // nobody has looked at the clock while there was nothing to look after
            ScheduledThreadPoolExecutor fresh = new ScheduledThreadPoolExecutor(1, threads("tick"));
            var unused = fresh.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
            ticker = fresh;
        }
    }

    void forget(SignalingSession session) {
        sessions.remove(session);
        session.forgotten();
        if (sessions.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Waits until there are no sessions, so long at most, or until the thread is interrupted. */
    synchronized void awaitNone(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        try {
            long left = most.toNanos();
            while (!sessions.isEmpty() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends all threads, for good. Sessions that have not said farewell yet are closed without. Waits until that is done, so
     * long at most; closings that take longer are interrupted, and those that have not begun are left to the container.
     */
    void stop(Duration most) {
        @Nullable ExecutorService last;
        synchronized (this) {
            stopped = true;
            last = ticker;
            ticker = null;
        }
        if (last != null) {
            last.shutdown();
        }
        sessions.forEach(session -> guard(() -> session.giveUp(CloseStatus.GOING_AWAY)));
        try {
            boolean inTime = closers.stop(most);
            LOGGER.log(Level.DEBUG, inTime ? "all sessions are closed" : "some sessions did not close in time");
        } catch (InterruptedException e) {
            closers.abandon();
            Thread.currentThread().interrupt();
        }
        if (last != null) {
            last.shutdownNow();
        }
        sessions.forEach(this::forget);
    }

    int sessions() {
        return sessions.size();
    }

    /** Runs what may take a container seconds. */
    void close(Runnable closing) {
        closers.close(closing);
        wake();
    }

    /**
     * Looks at all sessions, and rests if there are none. However long nobody could look (a process that was stopped, a
     * machine that slept), it counts as half of the shortest deadline at most: nobody could hear either, and what the peers
     * have said in the meantime is still to be read.
     */
    void tick() {
        long before = unseen;
        unseen = before + Math.max(0, millis() - now - longestStep);
        long time = millis();
        now = time;
        guard(hub::expire);
        guard(besides);
        for (SignalingSession session : sessions) {
            guard(() -> session.tick(liveness, time));
        }
        closers.interruptLate();
        rest();
    }

    /** What fails must not keep the others, nor the next look, from their turn. */
    private static void guard(Runnable look) {
        try {
            look.run();
        } catch (Throwable e) {
            try {
                LOGGER.log(Level.ERROR, "a look at a session failed", e);
            } catch (Throwable ofTheLog) {
                // the host's log: its fault would end the ticker
            }
        }
    }

    /** Ends the ticker if there is nothing to look at: no session, closed or not, and no peer that may come back. */
    private void rest() {
        @Nullable ExecutorService idle = null;
        synchronized (this) {
            if (sessions.isEmpty() && hub.connections() == 0 && closers.areIdle()) {
                idle = ticker;
                ticker = null;
            }
        }
        if (idle != null) {
            idle.shutdown();
        }
    }

    private long millis() {
        return (TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong()) - unseen) | 1;
    }

    private static ThreadFactory threads(String name) {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, "signaling-" + name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        };
    }
}
