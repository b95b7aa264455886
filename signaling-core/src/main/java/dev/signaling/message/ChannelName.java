package dev.signaling.message;

import java.util.Optional;

/**
 * Names one channel: the peers that join the same name hear each other. Names are compared character by character,
 * without normalization or folding of case.
 *
 * <p>{@code __proto__} is refused: pages keep channels as keys of JavaScript objects, where this one name is no
 * ordinary key (ECMAScript, annex B.2.2.1) and would be a way to reach into every other one.
 *
 * @param value 1 to {@value #LONGEST} characters, none of them a control character
 */
public record ChannelName(String value) {

    /** The greatest number of characters (UTF-16 units) of a channel's name; a host may set a lower limit. */
    public static final int LONGEST = 256;

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if {@link #fault} finds something wrong with it
     */
    public ChannelName {
        fault(value).ifPresent(fault -> {
            throw new IllegalArgumentException(fault);
        });
    }

    /** Says in words, fit to be shown to a peer, why the text can be no channel's name; empty when it can. */
    public static Optional<String> fault(String text) {
        if (text.equals("__proto__")) {
            return Optional.of("the channel's name is reserved");
        }
        return Names.fault("the channel's name", text, LONGEST);
    }

    /** The bare name, so that it reads well in a log. */
    @Override
    public String toString() {
        return value;
    }
}
