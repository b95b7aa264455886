package dev.signaling.message;

import java.util.Optional;

/**
 * What a peer is in a channel. A {@link dev.signaling.spi.RelayPolicy} decides what follows from it.
 *
 * @param value 1 to {@value #LONGEST} characters, none of them a control character
 */
public record Role(String value) {

    /** The greatest number of characters (UTF-16 units) of a role. */
    public static final int LONGEST = 64;

    /** The role of a peer that named none. */
    public static final Role PEER = new Role("peer");

    /** Sends the media that the others in its channel came for. */
    public static final Role STREAMER = new Role("streamer");

    /** Came to watch a {@link #STREAMER}. */
    public static final Role VIEWER = new Role("viewer");

    /**
     * Checks the role.
     *
     * @throws IllegalArgumentException if {@link #fault} finds something wrong with it
     */
    public Role {
        fault(value).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
    }

    /** Says in words, fit to be shown to a peer, why the text can be no role; empty when it can. */
    public static Optional<String> fault(String text) {
        return Names.fault("the role", text, LONGEST);
    }

    /** The bare role, so that it reads well in a log. */
    @Override
    public String toString() {
        return value;
    }
}
