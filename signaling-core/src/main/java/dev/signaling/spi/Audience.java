package dev.signaling.spi;

import dev.signaling.message.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the other members of a channel may hear a signal.
 *
 * @param roles the roles that may; empty if every role may
 */
public record Audience(Optional<Set<Role>> roles) {

    private static final Audience EVERYONE = new Audience(Optional.empty());
    private static final Audience NOBODY = new Audience(Optional.of(Set.of()));

    /** Takes a copy of the roles. */
    public Audience {
        roles = roles.map(Set::copyOf);
    }

    /** Every other member. */
    public static Audience everyone() {
        return EVERYONE;
    }

    /** No member: the signal is refused. */
    public static Audience nobody() {
        return NOBODY;
    }

    /** The other members that have one of these roles. */
    public static Audience only(Role... roles) {
        return new Audience(Optional.of(Set.of(roles)));
    }

    /** Tells whether a member of that role may hear the signal. */
    public boolean includes(Role role) {
        return roles.isEmpty() || roles.get().contains(role);
    }
}
