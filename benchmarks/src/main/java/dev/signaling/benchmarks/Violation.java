package dev.signaling.benchmarks;

/** The server did what it must not: a message lost, doubled, altered, out of order or sent to the wrong peer. Ends the measurement. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
