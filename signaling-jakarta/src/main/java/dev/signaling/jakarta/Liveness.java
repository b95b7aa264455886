package dev.signaling.jakarta;

import java.time.Duration;

/**
 * When a peer that says nothing is taken for gone.
 *
 * @param pingInterval after so long a silence the server asks with a ping (RFC 6455, section 5.5.2), which browsers answer
 *     by themselves, also in a hidden page
 * @param timeout after so long a silence, pongs included, the peer is gone; as long a message may take from its first
 *     part to its last, whatever else comes meanwhile
 * @param sendTimeout a peer that a message has not left for in so long does not read; as long has all that is still to be
 *     sent when its connection has ended
 * @param closeTimeout so long a session that is to be closed may take to do it; after that it is forgotten, and the thread
 *     that closes it is interrupted
 */
public record Liveness(Duration pingInterval, Duration timeout, Duration sendTimeout, Duration closeTimeout) {

    private static final Liveness DEFAULTS = new Liveness(
            Duration.ofSeconds(25), Duration.ofSeconds(75), Duration.ofSeconds(20), Duration.ofSeconds(10));

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if one is under a second, which is how exact the server's clock is, or over
     *     what milliseconds can count, or if the timeout leaves no time for an answer to a ping
     */
    public Liveness {
        requireTime("pingInterval", pingInterval);
        requireTime("timeout", timeout);
        requireTime("sendTimeout", sendTimeout);
        requireTime("closeTimeout", closeTimeout);
        if (timeout.compareTo(pingInterval) <= 0) {
            throw new IllegalArgumentException("timeout is not over pingInterval: " + timeout);
        }
    }

    private static void requireTime(String name, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(name + " is under a second: " + value);
        }
        if (value.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(name + " is over what milliseconds can count: " + value);
        }
    }

    /**
     * A ping after 25 s, gone after 75 s (hidden pages may be woken once a minute only), 20 s for a send, 10 s for a close.
     */
    public static Liveness defaults() {
        return DEFAULTS;
    }
}
