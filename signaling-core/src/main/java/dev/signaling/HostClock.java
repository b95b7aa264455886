package dev.signaling;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The host's clock, at a distance: while it throws, time stands still. */
final class HostClock {

    private static final Logger LOGGER = System.getLogger(HostClock.class.getName());

    private final InstantSource clock;
    private final AtomicLong last = new AtomicLong();

    HostClock(InstantSource clock) {
        this.clock = clock;
    }

    long millis() {
        try {
            long now = clock.millis();
            if (last.getPlain() != now) { // threads that ask at once need not fight for it
                last.setPlain(now);
            }
            return now;
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the clock threw, and stands still", e);
            return last.getPlain();
        }
    }
}
