package dev.signaling.message;

import java.util.Optional;

/** What every name that comes from a peer has to keep, so that it can be logged, compared and shown. */
final class Names {

    private Names() {}

    /** Says in words what is wrong with the text as a name; empty when nothing is. */
    static Optional<String> fault(String what, String text, int longest) {
        if (text.isEmpty()) {
            return Optional.of(what + " is empty");
        }
        if (text.length() > longest) {
            return Optional.of(what + " has " + text.length() + " characters, the limit is " + longest);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                return Optional.of(what + " has a control character at position " + i);
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Optional.of(what + " has half a surrogate pair at position " + i);
                }
                i++;
            }
        }
        return Optional.empty();
    }

    static void require(String what, String text, int longest) {
        fault(what, text, longest).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
    }
}
