package dev.signaling.testkit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Watches for threads that are held up in some code, or below it: what is plugged into a hub, and the hub itself, must not
 * block the container's threads that call it. It looks at all threads of a process several times a second, and notes one
 * that has stood still for longer than it may: that waits, or is in a call of the system's, in the very same frames and in
 * one and the same wait. One that computes is not held up.
 *
 * <p>It has a daemon thread until it is closed.
 */
public final class WorkerWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(50);

    private final ThreadMXBean threads;
    private final Duration longest;
    private final Predicate<String> worker;
    private final Predicate<StackTraceElement> code;
    private final Map<Long, Stand> stands = new HashMap<>(); // used by the watch's own thread alone
    private final List<String> blocked = new ArrayList<>(); // guarded by this
    private final Thread watch;
    private int looks; // guarded by this
    private boolean closed; // guarded by this

    private WorkerWatch(
            ThreadMXBean threads, Duration longest, Predicate<String> worker, Predicate<StackTraceElement> code) {
        this.threads = threads;
        this.longest = longest;
        this.worker = worker;
        this.code = code;
        this.watch = new Thread(this::look, "worker-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * Begins to watch this process.
     *
     * @param longest how long a thread may stand still
     * @param worker which threads are watched, by their names
     * @param code the frames that count: a thread without any of them in its stack does not matter
     */
    public static WorkerWatch over(Duration longest, Predicate<String> worker, Predicate<StackTraceElement> code) {
        return elsewhere(ManagementFactory.getThreadMXBean(), longest, worker, code);
    }

    /** Begins to watch a process, perhaps another one, by the bean that tells of its threads. */
    public static WorkerWatch elsewhere(
            ThreadMXBean threads, Duration longest, Predicate<String> worker, Predicate<StackTraceElement> code) {
        return new WorkerWatch(threads, longest, worker, code);
    }

    /** The threads that were held up, each with what it stood in; empty if none was. */
    public synchronized List<String> blocked() {
        return List.copyOf(blocked);
    }

    /** How often it has looked: a watch that never looked has seen nothing. */
    public synchronized int looks() {
        return looks;
    }

    /** Ends the watch. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    private void look() {
        while (true) {
            long now = System.nanoTime();
            for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
                if (worker.test(thread.getThreadName())) {
                    look(thread, now);
                }
            }
            synchronized (this) {
                looks++;
                try {
                    if (!closed) {
                        wait(PERIOD.toMillis());
                    }
                } catch (InterruptedException e) {
                    closed = true;
                }
                if (closed) {
                    return;
                }
            }
        }
    }

    private void look(ThreadInfo thread, long now) {
        if (!waits(thread) || Arrays.stream(thread.getStackTrace()).noneMatch(code)) {
            stands.remove(thread.getThreadId());
            return;
        }
        Stand stand = stands.get(thread.getThreadId());
        if (stand == null || !stand.isAt(thread)) {
            stands.put(thread.getThreadId(), new Stand(thread, now));
        } else if (now - stand.since > longest.toNanos() && !stand.told) {
            stand.told = true;
            synchronized (this) {
                blocked.add(describe(thread));
            }
        }
    }

    /** Whether somebody else has to do something first; a call of the system's may be one that waits. */
    private static boolean waits(ThreadInfo thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return thread.getThreadState() != Thread.State.RUNNABLE || (frames.length > 0 && frames[0].isNativeMethod());
    }

    private static String describe(ThreadInfo thread) {
        StringBuilder text = new StringBuilder(thread.getThreadName() + " is " + thread.getThreadState());
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("\n    ").append(frame);
        }
        return text.toString();
    }

    /** Where a thread stood when it was looked at. */
    private static final class Stand {

        final long since;
        private final ThreadInfo thread;
        private boolean told;

        Stand(ThreadInfo thread, long since) {
            this.thread = thread;
            this.since = since;
        }

        boolean isAt(ThreadInfo later) {
            return Arrays.equals(thread.getStackTrace(), later.getStackTrace())
                    && thread.getWaitedCount() == later.getWaitedCount()
                    && thread.getBlockedCount() == later.getBlockedCount();
        }
    }
}
