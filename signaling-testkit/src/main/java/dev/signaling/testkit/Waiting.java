package dev.signaling.testkit;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Every wait of the test kit: for a condition, and with a bound. */
final class Waiting {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private Waiting() {}

    /** Waits until the condition holds that changes with a notification of the monitor, which the caller holds. */
    static void until(Object monitor, BooleanSupplier condition, Supplier<String> complaint) {
        until(monitor, PATIENCE, condition, complaint);
    }

    static void until(Object monitor, Duration patience, BooleanSupplier condition, Supplier<String> complaint) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(complaint.get() + " within " + patience.toMillis() + " ms");
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(monitor, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting", e);
            }
        }
    }

    /** The outcome of a stage that completes in time. A failure is thrown as it is. */
    static <T> T outcome(CompletionStage<T> stage, Duration patience) {
        try {
            return stage.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError("a stage failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a stage did not complete within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a stage", e);
        }
    }
}
