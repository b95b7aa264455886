package dev.signaling.conformance;

import java.util.List;

/**
 * A rule of PROTOCOL.md and what checks it.
 *
 * @param number such as {@code T5}
 * @param title the rule in a few words
 * @param checks those that take seconds
 * @param patient those that wait out the server's deadlines, and run beside all others
 * @param without what becomes of it if there are neither
 * @param remark why there are none, or what of the rule they leave open; empty if there is nothing to say
 */
record Rule(String number, String title, List<Check> checks, List<Check> patient, Outcome without, String remark) {

    static Rule of(String number, String title, Check... checks) {
        return new Rule(number, title, List.of(checks), List.of(), Outcome.NOT_CHECKED, "");
    }

    /** The same, with checks that take as long as the server's deadlines. */
    Rule patiently(Check... more) {
        return new Rule(number, title, checks, List.of(more), without, remark);
    }

    /** The same, with what of it no check sees. */
    Rule leavingOpen(String what) {
        return new Rule(number, title, checks, patient, without, what);
    }

    /** Whether there are any checks. */
    boolean isChecked() {
        return !checks.isEmpty() || !patient.isEmpty();
    }

    /** The same, for clients alone to keep. */
    Rule forClients(String reason) {
        return new Rule(number, title, checks, patient, Outcome.CLIENT, reason);
    }

    /** The same, with why nothing checks it. */
    Rule unchecked(String reason) {
        return new Rule(number, title, checks, patient, Outcome.NOT_CHECKED, reason);
    }
}
