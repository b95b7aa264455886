package dev.signaling.conformance;

/** The deployment is set up in a way that hides whether it keeps a rule. */
final class Untestable extends RuntimeException {

    private static final long serialVersionUID = 1;

    Untestable(String reason) {
        super(reason);
    }
}
