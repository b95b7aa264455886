package dev.signaling.message;

/**
 * A JSON value that is carried and not understood: the text as the sender wrote it. Offers, answers and candidates
 * (RFC 8829, RFC 8838) are payloads. Two with the same text are equal, however they came.
 */
public final class Payload {

    /** The JSON object without members. */
    public static final Payload EMPTY_OBJECT = new Payload("{}");

    private final String text;
    private final boolean message;

    /**
     * A value that stood inside of a message.
     *
     * @param text one JSON value (RFC 8259); whoever makes a payload has checked that it is one
     */
    public Payload(String text) {
        this(text, false);
    }

    private Payload(String text, boolean message) {
        this.text = text;
        this.message = message;
    }

    /**
     * A whole message, in a format that relays messages as they are.
     *
     * @param text one JSON object with a {@code type}, which is a string and none of those that only the server sends;
     *     whoever makes this has checked that it is one
     */
    public static Payload ofMessage(String text) {
        return new Payload(text, true);
    }

    /** The value as it was written. */
    public String text() {
        return text;
    }

    /**
     * Tells that this is known to have come as a whole message, so that nobody has to read it again to relay it as one. If
     * false, nobody knows: a store may have kept the text alone.
     */
    public boolean isMessage() {
        return message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && text.equals(payload.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Tells the length and not the text, which may hold addresses and keys that belong in no log. */
    @Override
    public String toString() {
        return "Payload[" + text.length() + " characters]";
    }
}
