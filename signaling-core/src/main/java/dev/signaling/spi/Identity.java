package dev.signaling.spi;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who a peer is by the host's own knowledge, such as a user that has logged in, for a {@link RelayPolicy} to decide by. It
 * is the server's alone: no message, listener or store is told of it.
 *
 * @param name who; empty if the host does not know. A peer that comes back over another connection, or {@linkplain Renewal
 *     renews} its token, has to have the same
 * @param attributes what else the host knows, such as groups or an address, by names of the host's own
 * @param channels the only ones that it may join; empty if it may join any. The hub sees to it, before the policy is asked
 * @param roles the only ones that it may have there, likewise
 * @param expiry until when all this holds; empty if it does for as long as the connection. {@link
 *     dev.signaling.SignalingHub#expire()} finds what has ended
 */
public record Identity(
        Optional<String> name,
        Map<String, String> attributes,
        Optional<Set<ChannelName>> channels,
        Optional<Set<Role>> roles,
        Optional<Instant> expiry) {

    private static final Identity ANONYMOUS = new Identity(Optional.empty(), Map.of());

    /** Takes copies. */
    public Identity {
        attributes = Map.copyOf(attributes);
        channels = channels.map(Set::copyOf);
        roles = roles.map(Set::copyOf);
    }

    /** Somebody who may join any channel in any role, for as long as it is connected. */
    public Identity(Optional<String> name, Map<String, String> attributes) {
        this(name, attributes, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Somebody whom the host does not know. */
    public static Identity anonymous() {
        return ANONYMOUS;
    }

    /** Somebody of that name, without attributes. */
    public static Identity of(String name) {
        return new Identity(Optional.of(name), Map.of());
    }

    /** The same, who may join these channels only. */
    public Identity withChannels(Set<ChannelName> value) {
        return new Identity(name, attributes, Optional.of(value), roles, expiry);
    }

    /** The same, who may have these roles only. */
    public Identity withRoles(Set<Role> value) {
        return new Identity(name, attributes, channels, Optional.of(value), expiry);
    }

    /** The same, until then. */
    public Identity withExpiry(Instant value) {
        return new Identity(name, attributes, channels, roles, Optional.of(value));
    }

    /** Whether it may join any channel in any role. */
    public boolean isUnrestricted() {
        return channels.isEmpty() && roles.isEmpty();
    }

    /** Whether it may be in that channel in that role, as far as {@link #channels} and {@link #roles} say. */
    public boolean allows(ChannelName channel, Role role) {
        return (channels.isEmpty() || channels.get().contains(channel))
                && (roles.isEmpty() || roles.get().contains(role));
    }
}
