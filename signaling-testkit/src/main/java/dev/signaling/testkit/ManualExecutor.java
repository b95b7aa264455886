package dev.signaling.testkit;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;

/**
 * Keeps what it is given until it is told to run it, on the thread that tells it: the test's own scheduler. Safe to be
 * used by several threads.
 */
public final class ManualExecutor implements Executor {

    private final ConcurrentLinkedDeque<Runnable> waiting = new ConcurrentLinkedDeque<>();

    /** An executor with nothing to do. */
    public ManualExecutor() {}

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    /** How many tasks wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Runs the task that has waited longest; false if there is none. */
    public boolean runNext() {
        Runnable task = waiting.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /**
     * Runs the tasks that wait and those that they bring.
     *
     * @throws IllegalStateException if there is no end to it after 100,000 tasks
     */
    public void runAll() {
        for (int i = 0; i < 100_000; i++) {
            if (!runNext()) {
                return;
            }
        }
        throw new IllegalStateException("tasks bring tasks without end");
    }
}
