package dev.signaling.message;

/**
 * Why the server ends a connection: the status code of RFC 6455, section 7.4, and a reason for people. Clients come
 * back after 1001, 1006, 1013 and 4401, and do not after 1008 and 4500.
 */
public enum CloseStatus {
    /** The peer ended the connection itself. */
    GONE(1000, "gone", LeaveReason.DISCONNECTED),
    /** The connection broke without a word: no close frame is sent, and a peer that can come back is waited for. */
    LOST(1006, "lost", LeaveReason.DISCONNECTED),
    /** The server stops. */
    GOING_AWAY(1001, "going-away", LeaveReason.REMOVED),
    /** The peer sent a binary message; signaling is text. */
    BINARY_MESSAGE(1003, "binary-message", LeaveReason.REMOVED),
    /** The peer went on sending more than it may. */
    RATE_LIMITED(1008, "rate-limited", LeaveReason.REMOVED),
    /** The peer joined no channel within {@link dev.signaling.Limits#joinDeadline()}. */
    JOIN_TIMEOUT(1008, "join-timeout", LeaveReason.REMOVED),
    /** The message is too large even for an answer. */
    MESSAGE_TOO_LARGE(1009, "message-too-large", LeaveReason.REMOVED),
    /** Something failed in the server, or in what was plugged into it. */
    INTERNAL_ERROR(1011, "internal-error", LeaveReason.REMOVED),
    /** The peer does not read fast enough what it is sent. */
    SLOW_CONSUMER(1013, "slow-consumer", LeaveReason.REMOVED),
    /** The server has as many connections as it may. */
    TOO_MANY_CONNECTIONS(1013, "too-many-connections", LeaveReason.REMOVED),
    /** The peer was silent for too long. Sent in vain, mostly: nobody reads there any more. */
    TIMED_OUT(1001, "timed-out", LeaveReason.TIMED_OUT),
    /** The token by which the peer was let in has ended, and it has not shown another one in time. */
    TOKEN_EXPIRED(4401, "token-expired", LeaveReason.REMOVED),
    /** The peer goes on over another connection. */
    REPLACED(4500, "replaced", LeaveReason.DISCONNECTED);

    private final int code;
    private final String reason;
    private final LeaveReason leaveReason;

    CloseStatus(int code, String reason, LeaveReason leaveReason) {
        this.code = code;
        this.reason = reason;
        this.leaveReason = leaveReason;
    }

    /** The status code of the close frame (RFC 6455, section 7.4.1). */
    public int code() {
        return code;
    }

    /** The reason in the close frame: lower case words joined by hyphens, at most 123 bytes. */
    public String reason() {
        return reason;
    }

    /** What the others in the peer's channels are told. */
    public LeaveReason leaveReason() {
        return leaveReason;
    }
}
