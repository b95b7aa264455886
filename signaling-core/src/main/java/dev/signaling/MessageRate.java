package dev.signaling;

/**
 * Lets so many messages a second pass, and bursts of so many after a silence: the generic cell rate algorithm (ITU-T
 * I.371), one number of state. Used by one thread at a time.
 */
final class MessageRate {

    private final long emissionInterval; // µs
    private final long burstTolerance; // µs
    private final int mostRefused;
    private long theoreticalArrival; // µs
    private int refused;

    MessageRate(int perSecond, int burst) {
        emissionInterval = 1_000_000 / perSecond;
        burstTolerance = emissionInterval * (burst - 1L);
        mostRefused = burst;
    }

    /** Counts one message at that time, in milliseconds, and rules on it. */
    Ruling rule(long millis) {
        long now = millis * 1_000;
        // it is never later than this unless the clock was set back, for which the peer shall not pay
        theoreticalArrival = Math.min(theoreticalArrival, now + burstTolerance + emissionInterval);
        long ahead = theoreticalArrival - now;
        if (ahead <= burstTolerance) {
            theoreticalArrival = Math.max(theoreticalArrival, now) + emissionInterval;
            if (ahead <= burstTolerance / 2) {
                refused = 0; // it has calmed down: a flood lets one message pass now and then as well
            }
            return Ruling.PASS;
        }
        refused++;
        if (refused == 1) {
            return Ruling.FIRST_REFUSED;
        }
        return refused > mostRefused ? Ruling.FLOOD : Ruling.REFUSED;
    }

    /** Forgets all that was counted. */
    void beginAnew() {
        theoreticalArrival = 0;
        refused = 0;
    }

    enum Ruling {
        PASS,
        /** The first too many since it was last calm: worth an answer. */
        FIRST_REFUSED,
        /** One of those that follow it at once: no answer, or the answers would be a flood of their own. */
        REFUSED,
        /** As many refused, without calm in between, as make a flood. */
        FLOOD
    }
}
