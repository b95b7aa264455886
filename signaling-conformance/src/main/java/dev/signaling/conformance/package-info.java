/**
 * Checks a deployment against the numbered rules of PROTOCOL.md, over the wire alone. An independent reading of that document:
 * nothing here knows the library that serves it.
 *
 * <p>Begin with {@link dev.signaling.conformance.Conformance}; {@link dev.signaling.conformance.ConformanceApp} is the same
 * as a program. Which rule is checked where is told by two tables, {@code TutorialRules} and {@code V1Rules}.
 */
@NullMarked
package dev.signaling.conformance;

import org.jspecify.annotations.NullMarked;
