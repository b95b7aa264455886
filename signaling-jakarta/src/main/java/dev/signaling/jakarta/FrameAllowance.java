package dev.signaling.jakarta;

import dev.signaling.Limits;

/**
 * How many frames one session may be sent that end no message: pongs, and parts so short that the bound on a message's length
 * does not bound them. As many as there may be messages, which the hub counts; of these it never hears. Used by the
 * container alone, one call at a time.
 */
final class FrameAllowance {

    /** A part of as many characters is paid for by its length. */
    static final int SHORT = 256;

    private final long perSecond;
    private final long most; // thousandths, as many as milliseconds bring
    private long left;
    private long since;

    FrameAllowance(Limits limits) {
        perSecond = limits.messagesPerSecond();
        most = 1_000L * limits.messageBurst();
        left = most;
    }

    /** Takes one frame at that time, in milliseconds; false if there is none left. */
    boolean take(long now) {
        long elapsed = Math.min(Math.max(0, now - since), Integer.MAX_VALUE);
        left = Math.min(most, left + elapsed * perSecond);
        since = now;
        if (left < 1_000) {
            return false;
        }
        left -= 1_000;
        return true;
    }
}
