package dev.signaling;

/**
 * Lets so much a second pass, and bursts of so much after a silence: the generic cell rate algorithm (ITU-T I.371). What is
 * counted, messages or characters of them, is its owner's affair. Used by one thread at a time.
 */
final class Rate {

    private final String what;
    private final int perSecond;
    private final int burst;
    private final long emissionInterval; // ns
    private long theoreticalArrival; // ns
    private long latest; // ns
    private long refused;
    private Ruling ruling = Ruling.PASS;

    /** Counts what is called by that word, at most 1,000,000,000 a second. */
    Rate(String what, int perSecond, int burst) {
        this.what = what;
        this.perSecond = perSecond;
        this.burst = burst;
        emissionInterval = 1_000_000_000 / perSecond;
    }

    /** Counts one at that time, in milliseconds, and rules on it. */
    Ruling rule(long millis) {
        return rule(millis, 1);
    }

    /** Counts as many that come in one piece, and rules on all of it. More than a burst passes after a silence. */
    Ruling rule(long millis, int weight) {
        long now = millis * 1_000_000;
        long most = emissionInterval * burst;
        long tolerance = most - emissionInterval * Math.min(weight, burst);
        if (now < latest) {
            theoreticalArrival -= latest - now; // the clock was set back, for which the peer shall not pay
        }
        latest = now;
        long ahead = theoreticalArrival - now;
        if (ahead <= tolerance) {
            theoreticalArrival = Math.max(theoreticalArrival, now) + most - tolerance;
            if (ahead <= tolerance / 2) {
                refused = 0; // it has calmed down: a flood lets one message pass now and then as well
            }
            ruling = Ruling.PASS;
        } else {
            refused += weight;
            ruling = refused == weight ? Ruling.FIRST_REFUSED : refused > burst ? Ruling.FLOOD : Ruling.REFUSED;
        }
        return ruling;
    }

    /** The last ruling. */
    Ruling ruling() {
        return ruling;
    }

    /** Forgets all that was counted. */
    void beginAnew() {
        theoreticalArrival = 0;
        refused = 0;
    }

    /** What is wrong with what was refused, in words fit to be shown to the peer. */
    String excess() {
        return "too many " + what + " at once, the limit is " + perSecond + " a second";
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
