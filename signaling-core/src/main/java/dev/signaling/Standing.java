package dev.signaling;

import dev.signaling.message.PeerId;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Renewal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Who a peer is to the host, by what it showed last; how long that holds; and whom to ask when it shows something new.
 *
 * <p>Changed under the peer's lock, read on any thread.
 */
final class Standing {

    private static final Logger LOGGER = System.getLogger(Renewal.class.getName());
    private static final long NEVER = Long.MAX_VALUE;

    private volatile Identity identity;
    private volatile Renewal renewal;
    private volatile long due; // when the peer is to be told that its token has ended; or, if it was, when it ends
    private volatile boolean told;

    Standing(Identity identity, Renewal renewal) {
        this.identity = identity;
        this.renewal = renewal;
        this.due = end(identity);
    }

    Identity identity() {
        return identity;
    }

    /** Whether it is time to tell the peer that its token has ended or, if it {@link #isTold() is told}, to end it. */
    boolean isDue(long now) {
        return now >= due;
    }

    /** Whether the peer was told that its token has ended, and has not shown another one since. */
    boolean isTold() {
        return told;
    }

    /** Notes that the peer is being told, and when it ends. Called under the lock. */
    void tell(long end) {
        told = true;
        due = end;
    }

    /** Asks the host what that token is worth; empty if nothing. Called without a lock. */
    Optional<Identity> ask(String token, PeerId peer, HostClock clock) {
        Identity current = identity;
        try {
            return Objects.requireNonNull(renewal.renew(token, current), "no answer")
                    .filter(next -> isSame(next) && !hasEnded(next, clock.millis()));
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the renewal threw, which refuses a token of " + peer, e);
            return Optional.empty();
        }
    }

    private boolean isSame(Identity other) {
        return identity.name().equals(other.name());
    }

    /** Whether it may go on as that one: the same, whose own token has not ended. Called under both locks. */
    boolean canBecome(Standing fresh, long now) {
        return isSame(fresh.identity) && !hasEnded(fresh.identity, now);
    }

    /** It is that one from now on. Called under the lock. */
    void renew(Identity next) {
        identity = next;
        due = end(next);
        told = false;
    }

    /** As another one's, which came over the connection that the peer has from now on. Called under both locks. */
    void takeOver(Standing fresh) {
        renewal = fresh.renewal;
        renew(fresh.identity);
    }

    private static boolean hasEnded(Identity identity, long now) {
        return now >= end(identity);
    }

    private static long end(Identity identity) {
        if (identity.expiry().isEmpty()) {
            return NEVER;
        }
        Instant expiry = identity.expiry().get();
        if (expiry.isAfter(Instant.ofEpochMilli(NEVER))) {
            return NEVER;
        }
        return expiry.isBefore(Instant.EPOCH) ? 0 : expiry.toEpochMilli();
    }
}
