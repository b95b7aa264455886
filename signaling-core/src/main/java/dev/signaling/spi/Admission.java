package dev.signaling.spi;

import java.util.Optional;

/**
 * A policy's answer to a peer that wants to join.
 *
 * @param refusal why not, in words fit to be shown to the peer; empty if it may
 * @param rivals if it may: what becomes of members that have the same role. The store sees to it, inside the join
 */
public record Admission(Optional<String> refusal, Rivals rivals) {

    private static final Admission GRANTED = granted(Rivals.SHARE_THE_ROLE);

    /** It may join, whoever else has its role. */
    public static Admission granted() {
        return GRANTED;
    }

    /** It may join, and that becomes of members that have the same role; if they keep it, it may not after all. */
    public static Admission granted(Rivals rivals) {
        return new Admission(Optional.empty(), rivals);
    }

    /** It may not join, for the reason given in words fit to be shown to the peer. */
    public static Admission refused(String reason) {
        return new Admission(Optional.of(reason), Rivals.SHARE_THE_ROLE);
    }
}
