package dev.signaling.demo;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many frames a client may send besides those that end a message: pings, pongs and parts. The hub, which bounds the
 * messages, never hears of them, and each takes about as much of the server's time. Used by one thread at a time.
 */
final class FrameAllowance {

    /** After a silence. */
    static final int AT_ONCE = 1_000;

    /** In the long run. */
    static final int A_SECOND = 200;

    private static final long EACH = TimeUnit.SECONDS.toNanos(1) / A_SECOND;

    private final LongSupplier nanoTime;
    private long since;
    private long used; // ns that it takes until all is free again

    FrameAllowance(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Takes one frame; false if there is none left. */
    boolean take() {
        long now = nanoTime.getAsLong();
        used = Math.max(0, used - (now - since));
        since = now;
        boolean isLeft = used + EACH <= AT_ONCE * EACH;
        used += isLeft ? EACH : 0;
        return isLeft;
    }
}
