package dev.signaling.jakarta;

/** Writes strings as JSON (RFC 8259, section 7), for messages that are built around a text and not from objects. */
final class JsonString {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonString() {}

    /** Appends the value between quotes. Half a surrogate pair, which UTF-8 cannot carry, is written as an escape. */
    static StringBuilder append(StringBuilder out, String value) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append(value, written, i).append('\\');
                written = i;
            } else if (c < ' ' || (Character.isSurrogate(c) && !isInPair(value, i))) {
                escape(out.append(value, written, i), c);
                written = i + 1;
            }
        }
        return out.append(value, written, value.length()).append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[(c >> shift) & 0xf]);
        }
    }

    /** Whether every half of a surrogate pair in the text has its other half. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !isInPair(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
