package dev.signaling.jakarta;

import dev.signaling.message.ErrorCode;
import dev.signaling.spi.MalformedMessageException;
import java.util.Optional;

/**
 * Walks through a JSON text (RFC 8259) from its beginning to its end and checks it strictly, building no values. Texts
 * nested deeper than {@value #DEEPEST} are refused.
 *
 * <p>Not the JSON parser of the host: those differ in what they let pass (keys twice, something behind the end), and none
 * tells where in the text a value begins and ends without building what is in it.
 */
final class JsonScanner {

    static final int DEEPEST = 64;

    private final String text;
    private int at;
    private int depth;

    JsonScanner(String text) {
        this.text = text;
        skipSpace();
    }

    /** Where the next character is. */
    int position() {
        return at;
    }

    boolean isAtObject() {
        return peek() == '{';
    }

    /** Goes into an object. True if it has a member: its key is next. */
    boolean enterObject() throws MalformedMessageException {
        enter('{');
        return !leaves('}');
    }

    /** Goes past a key and its colon; what it stands for is next. */
    String key() throws MalformedMessageException {
        int start = at + 1;
        skipString();
        int end = at - 1;
        skipSpace();
        require(':');
        skipSpace();
        return unescape(text, start, end);
    }

    /** Behind a member: true if another one follows, whose key is next; false if the object ends here. */
    boolean hasNextMember() throws MalformedMessageException {
        return hasNext('}');
    }

    /** Goes past a value. */
    void skipValue() throws MalformedMessageException {
        switch (peek()) {
            case '"' -> skipString();
            case '{' -> skipObject();
            case '[' -> skipArray();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    /** Behind the last value: nothing may follow but white space. */
    void requireEnd() throws MalformedMessageException {
        skipSpace();
        if (at < text.length()) {
            throw malformed("something stands behind the end of the message");
        }
    }

    private void skipObject() throws MalformedMessageException {
        boolean more = enterObject();
        while (more) {
            skipString();
            skipSpace();
            require(':');
            skipSpace();
            skipValue();
            more = hasNextMember();
        }
    }

    private void skipArray() throws MalformedMessageException {
        enter('[');
        boolean more = !leaves(']');
        while (more) {
            skipValue();
            more = hasNext(']');
        }
    }

    private void enter(char bracket) throws MalformedMessageException {
        require(bracket);
        if (++depth > DEEPEST) {
            throw malformed("the message is nested deeper than " + DEEPEST);
        }
        skipSpace();
    }

    private boolean leaves(char bracket) {
        if (peek() != bracket) {
            return false;
        }
        at++;
        depth--;
        return true;
    }

    private boolean hasNext(char bracket) throws MalformedMessageException {
        skipSpace();
        if (leaves(bracket)) {
            return false;
        }
        require(',');
        skipSpace();
        return true;
    }

    private void skipString() throws MalformedMessageException {
        require('"');
        int i = at;
        int length = text.length();
        while (i < length) {
            char c = text.charAt(i++);
            if (c == '"') {
                at = i;
                return;
            }
            if (c < ' ') {
                at = i - 1;
                throw malformed("a control character in a string");
            }
            if (c == '\\') {
                i = behindEscape(i);
            }
        }
        at = length;
        throw malformed("a string without an end");
    }

    /** The position behind the escape whose backslash is before {@code i}. */
    private int behindEscape(int i) throws MalformedMessageException {
        at = i;
        switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return i + 1;
            }
            case 'u' -> {
                requireHexDigits(i + 1);
                return i + 5;
            }
            default -> throw malformed("a wrong escape in a string");
        }
    }

    private void requireHexDigits(int start) throws MalformedMessageException {
        for (int i = start; i < start + 4; i++) {
            char c = i < text.length() ? text.charAt(i) : '\0';
            boolean isHex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            if (!isHex) {
                throw malformed("a wrong escape in a string");
            }
        }
    }

    private void skipNumber() throws MalformedMessageException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (peek() == '.') {
            at++;
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            skipDigits();
        }
    }

    private void skipDigits() throws MalformedMessageException {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed(at < text.length() ? "not JSON" : "the message ends too early");
        }
    }

    private void skipWord(String word) throws MalformedMessageException {
        if (!text.startsWith(word, at)) {
            throw malformed("not JSON");
        }
        at += word.length();
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    /** The next character; the control character NUL, which fits nowhere, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void require(char expected) throws MalformedMessageException {
        if (peek() != expected) {
            throw malformed(at < text.length() ? "not JSON" : "the message ends too early");
        }
        at++;
    }

    private MalformedMessageException malformed(String what) {
        return new MalformedMessageException(
                ErrorCode.MALFORMED_MESSAGE, what + " (at character " + at + ")", Optional.empty());
    }

    /** The value of a string that has been checked, from behind its first quote to before its last. */
    static String unescape(String text, int start, int end) {
        int i = start;
        while (i < end && text.charAt(i) != '\\') { // indexOf would search to the end of the text, for every key
            i++;
        }
        if (i == end) {
            return text.substring(start, end);
        }
        StringBuilder plain = new StringBuilder(end - start).append(text, start, i);
        while (i < end) {
            char c = text.charAt(i++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escape = text.charAt(i++);
            switch (escape) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text, i, i + 4, 16));
                    i += 4;
                }
                default -> plain.append(escape);
            }
        }
        return plain.toString();
    }
}
