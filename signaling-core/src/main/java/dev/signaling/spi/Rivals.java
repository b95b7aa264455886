package dev.signaling.spi;

/** What becomes of the members of a channel that have the very role of a new one. */
public enum Rivals {
    /** They stay, beside the new one. */
    SHARE_THE_ROLE,
    /** They stay, and the join is refused: the first one has the role for itself. */
    KEEP_THE_ROLE,
    /** They are removed, and the new one has the role for itself. */
    GIVE_WAY
}
