package dev.signaling.spi;

import dev.signaling.message.ErrorCode;
import java.util.Optional;

/** A peer's text is no message. The peer is told so; the connection lives. */
public final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Optional<String> id;

    /**
     * Without a stack trace: it is made for every bad text that a stranger sends.
     *
     * @param detail what is wrong, in words fit to be shown to the peer
     * @param id of the message, if it could be read and had one
     */
    public MalformedMessageException(ErrorCode code, String detail, Optional<String> id) {
        super(detail, null, false, false);
        this.code = code;
        this.id = id;
    }

    /** What is wrong, for programs. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The id of the message, if it could be read and had one. */
    public Optional<String> id() {
        return id;
    }
}
