package dev.signaling.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a page needs to be found across networks: STUN and TURN servers, and for how long their credentials hold.
 *
 * @param servers at most {@value #MOST_SERVERS}, the ones that are to be tried first in front; none if there are none
 * @param ttl for how long they hold from now on, 1 s to {@link #LONGEST_TTL}; empty if they do for good
 */
public record IceConfiguration(List<IceServer> servers, Optional<Duration> ttl) {

    /** The greatest number of servers. A browser asks all of them, and some warn from five on. */
    public static final int MOST_SERVERS = 16;

    /** The longest time that credentials with an end may hold. */
    public static final Duration LONGEST_TTL = Duration.ofDays(365);

    private static final IceConfiguration NONE = new IceConfiguration(List.of(), Optional.empty());

    /**
     * Checks the configuration, and takes a copy of its servers.
     *
     * @throws IllegalArgumentException if it has too many servers, or a time that is too short or too long
     */
    public IceConfiguration {
        if (servers.size() > MOST_SERVERS) {
            throw new IllegalArgumentException(
                    "there are " + servers.size() + " ICE servers, the limit is " + MOST_SERVERS);
        }
        servers = List.copyOf(servers);
        ttl.ifPresent(IceConfiguration::requireTtl);
    }

    /** No servers. */
    public static IceConfiguration none() {
        return NONE;
    }

    private static void requireTtl(Duration ttl) {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException(
                    "the time to live of ICE servers is 1 s to " + LONGEST_TTL.toDays() + " days, not " + ttl);
        }
    }
}
