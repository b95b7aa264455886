package dev.signaling.message;

/**
 * A peer as the others in a channel see it.
 *
 * @param peer which one
 * @param role what it is in this channel
 * @param meta a small JSON object that it wants the others to know, {@link Payload#EMPTY_OBJECT} if nothing
 */
public record Member(PeerId peer, Role role, Payload meta) {

    /** A member without a role of its own or metadata. */
    public Member(PeerId peer) {
        this(peer, Role.PEER, Payload.EMPTY_OBJECT);
    }
}
