package dev.signaling;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.PeerId;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The host's source of ICE servers, at a distance: while it throws there are none to be had. The log is told of that once in
 * a while, and not as often as peers ask.
 */
final class HostIceServers {

    private static final Logger LOGGER = System.getLogger(IceServers.class.getName());
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final IceServers source;
    private final HostClock clock;
    private final AtomicLong quietUntil = new AtomicLong(Long.MIN_VALUE);

    HostIceServers(IceServers source, HostClock clock) {
        this.source = Objects.requireNonNull(source, "iceServers");
        this.clock = clock;
    }

    /** Whether there are none at all, for anybody. */
    boolean isNone() {
        return source == IceServers.none();
    }

    /** Those that hold from now on for that one; empty if they cannot be had. Called without a lock. */
    Optional<IceConfiguration> ask(Identity identity, Optional<PeerId> peer) {
        try {
            return Optional.of(Objects.requireNonNull(source.serversFor(identity, peer), "no answer"));
        } catch (Throwable e) {
            log(e);
            return Optional.empty();
        }
    }

    private void log(Throwable fault) {
        long now = clock.millis();
        long until = quietUntil.get();
        boolean isQuiet = now < until && until - now <= QUIET.toMillis(); // else the clock was set back
        if (!isQuiet && quietUntil.compareAndSet(until, now + QUIET.toMillis())) {
            Faults.log(
                    LOGGER,
                    Level.ERROR,
                    "the source of ICE servers threw, which is logged once in " + QUIET.toSeconds() + " s",
                    fault);
        }
    }
}
