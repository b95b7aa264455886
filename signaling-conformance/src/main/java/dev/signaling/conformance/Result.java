package dev.signaling.conformance;

/**
 * What became of one rule.
 *
 * @param rule its number in PROTOCOL.md, such as {@code T5}
 * @param title the rule in a few words
 * @param outcome what became of it
 * @param detail what was wrong, or why it was not checked; empty if there is nothing to say
 */
public record Result(String rule, String title, Outcome outcome, String detail) {}
