package dev.signaling.conformance;

/** The server does not do what a rule says. */
class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }

    static void unless(boolean so, String otherwise) {
        if (!so) {
            throw new Violation(otherwise);
        }
    }
}
