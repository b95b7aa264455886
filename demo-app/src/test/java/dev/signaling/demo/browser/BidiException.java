package dev.signaling.demo.browser;

/** The browser refused a command, or did not answer it. */
final class BidiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BidiException(String message) {
        super(message);
    }

    BidiException(String message, Throwable cause) {
        super(message, cause);
    }
}
