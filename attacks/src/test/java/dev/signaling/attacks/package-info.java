/**
 * Attacks on the demo's server, which runs in a process of its own with a small heap, while bystanders exchange signals.
 *
 * <p>Each attack ends with one row of docs/reliability.md: what was sent, what it got, which limit that was, and what the
 * bystanders and the server felt.
 */
@NullMarked
package dev.signaling.attacks;

import org.jspecify.annotations.NullMarked;
