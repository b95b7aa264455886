package dev.signaling.jwt;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Role;
import dev.signaling.spi.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a good token says.
 *
 * @param name who it is for; empty if it does not say
 * @param channels the only ones that it is good for; empty if it does not say
 * @param roles likewise
 * @param expiry until when it is good
 */
record TokenClaims(
        Optional<String> name, Optional<Set<ChannelName>> channels, Optional<Set<Role>> roles, Instant expiry) {

    /** Whoever shows it; empty if it names nobody. */
    Optional<Identity> identity() {
        return name.map(who -> new Identity(Optional.of(who), Map.of(), channels, roles, Optional.of(expiry)));
    }
}
