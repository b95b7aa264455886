package dev.signaling.conformance;

import java.io.IOException;

/** Looks at one side of a rule. Throws {@link Violation} if it is broken and {@link Untestable} if that cannot be seen. */
@FunctionalInterface
interface Check {

    void run(Stage stage) throws IOException, InterruptedException;
}
