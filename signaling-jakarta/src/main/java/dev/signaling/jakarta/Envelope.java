package dev.signaling.jakarta;

import dev.signaling.message.ErrorCode;
import dev.signaling.spi.MalformedMessageException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a message's outermost object, found in one pass that builds nothing of what is inside them: a value is a
 * place in the text. A key that stands twice is an error, since two readers may each take another one for the true one.
 */
final class Envelope {

    /** From so many members on, duplicates are looked for in a set: a text of nothing but keys costs no square of time. */
    private static final int MANY = 16;

    /** RFC 8259, section 6: the greatest integer up to which all implementations agree. */
    private static final long GREATEST = (1L << 53) - 1;

    private static final int MOST_DIGITS = 16;

    private final String text;
    private String[] keys = new String[4];
    private int[] starts = new int[4];
    private int[] ends = new int[4];
    private int members;
    private @Nullable Set<String> manyKeys;

    private Envelope(String text) {
        this.text = text;
    }

    /**
     * Reads the envelope of a message.
     *
     * @throws MalformedMessageException if the text is not one JSON object (RFC 8259), or has a key twice
     */
    static Envelope of(String text) throws MalformedMessageException {
        Envelope envelope = new Envelope(text);
        JsonScanner scanner = new JsonScanner(text);
        boolean isObject = scanner.isAtObject();
        if (isObject) {
            boolean more = scanner.enterObject();
            while (more) {
                String key = scanner.key();
                int start = scanner.position();
                scanner.skipValue();
                envelope.add(key, start, scanner.position());
                more = scanner.hasNextMember();
            }
        } else {
            scanner.skipValue();
        }
        scanner.requireEnd();
        if (!isObject) {
            throw malformed("the message is JSON, but not an object");
        }
        return envelope;
    }

    /** Whether the object has that key. */
    boolean has(String key) {
        return find(key) >= 0;
    }

    /** The value of that key if it is a string; empty if the key is missing or the value is something else. */
    Optional<String> string(String key) {
        int member = find(key);
        return member >= 0 && text.charAt(starts[member]) == '"'
                ? Optional.of(JsonScanner.unescape(text, starts[member] + 1, ends[member] - 1))
                : Optional.empty();
    }

    /** The value of that key as it is written, whatever it is; empty if the key is missing. */
    Optional<String> raw(String key) {
        int member = find(key);
        return member >= 0 ? Optional.of(text.substring(starts[member], ends[member])) : Optional.empty();
    }

    /** The value of that key as it is written if it is an object; empty if the key is missing or it is something else. */
    Optional<String> object(String key) {
        int member = find(key);
        return member >= 0 && text.charAt(starts[member]) == '{' ? raw(key) : Optional.empty();
    }

    /**
     * The value of that key if it is a number of 0 to 2^53 - 1, which every reader of JSON takes for the same one, written
     * in digits alone; empty if the key is missing or it is something else.
     */
    OptionalLong count(String key) {
        int member = find(key);
        if (member < 0 || ends[member] - starts[member] > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        for (int i = starts[member]; i < ends[member]; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        long value = Long.parseLong(text, starts[member], ends[member], 10);
        return value <= GREATEST ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private int find(String key) {
        for (int member = 0; member < members; member++) {
            if (keys[member].equals(key)) {
                return member;
            }
        }
        return -1;
    }

    private void add(String key, int start, int end) throws MalformedMessageException {
        if (!isNew(key)) {
            throw malformed("a key stands twice in the message");
        }
        if (members == keys.length) {
            keys = Arrays.copyOf(keys, members * 2);
            starts = Arrays.copyOf(starts, members * 2);
            ends = Arrays.copyOf(ends, members * 2);
        }
        keys[members] = key;
        starts[members] = start;
        ends[members] = end;
        members++;
    }

    private boolean isNew(String key) {
        if (members < MANY) {
            return find(key) < 0;
        }
        if (manyKeys == null) {
            manyKeys = new HashSet<>(Arrays.asList(keys).subList(0, members));
        }
        return manyKeys.add(key);
    }

    private static MalformedMessageException malformed(String detail) {
        return new MalformedMessageException(ErrorCode.MALFORMED_MESSAGE, detail, Optional.empty());
    }
}
