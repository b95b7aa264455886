package dev.signaling.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved, forward or back. Safe to be used by several threads. */
public final class ManualClock implements InstantSource {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** A clock at the beginning of the year 2026, UTC. */
    public ManualClock() {}

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves the clock; back if the duration is negative, as clocks do that are set right. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
