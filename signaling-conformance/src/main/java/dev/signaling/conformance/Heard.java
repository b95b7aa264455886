package dev.signaling.conformance;

/**
 * What a connection hears: a text, or its end.
 *
 * @param text what was said; of an end, the reason
 * @param code 0 of a text, the close code of an end, 1006 if there was no close frame
 */
record Heard(String text, int code) {

    private static final int SHOWN = 160;

    /** Without a close frame (RFC 6455, section 7.1.5). */
    static final int NO_FRAME = 1006;

    static Heard lost() {
        return new Heard("", NO_FRAME);
    }

    boolean isEnd() {
        return code != 0;
    }

    @Override
    public String toString() {
        if (code == NO_FRAME) {
            return "the end without a close frame";
        }
        return isEnd() ? ("close " + code + " " + text).trim() : brief(text);
    }

    /** As much of a text as a person wants to see. */
    static String brief(String text) {
        String shown =
                text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
        return shown.isEmpty() ? "an empty text" : shown;
    }
}
