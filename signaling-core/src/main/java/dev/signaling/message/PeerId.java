package dev.signaling.message;

/**
 * Names one peer for as long as it lives, over however many connections. Given by the server, never by the peer itself.
 *
 * @param value 1 to {@value #LONGEST} characters, none of them a control character
 */
public record PeerId(String value) {

    /** The greatest number of characters (UTF-16 units) of a peer's id. */
    public static final int LONGEST = 128;

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is empty, too long, or has a control character or half a surrogate pair
     */
    public PeerId {
        Names.require("the peer id", value, LONGEST);
    }

    /** The bare id, so that it reads well in a log. */
    @Override
    public String toString() {
        return value;
    }
}
