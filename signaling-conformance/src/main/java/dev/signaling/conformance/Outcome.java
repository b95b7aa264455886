package dev.signaling.conformance;

/** What became of a rule. */
public enum Outcome {
    /** Everything about it that can be seen from outside, and was looked at, is so. */
    PASS,
    /** Something about it is not so. */
    FAIL,
    /** The deployment's configuration, or what was asked for, leaves it untested; the detail says why. */
    SKIP,
    /** Nothing here checks it; the detail says why. */
    NOT_CHECKED,
    /** It binds clients, so no server can break it. */
    CLIENT
}
