package dev.signaling.message;

/** Why a peer is no longer in a channel. The {@link #code} is part of the protocol and never changes its meaning. */
public enum LeaveReason {
    /** It said so. */
    LEFT("left"),
    /** Its connection ended. */
    DISCONNECTED("disconnected"),
    /** It was silent for too long. */
    TIMED_OUT("timed-out"),
    /** Another peer took its place in the role that only one may have. */
    REPLACED("replaced"),
    /** The server ended its connection or its membership: for a limit, a right that has ended, or because the server stops. */
    REMOVED("removed");

    private final String code;

    LeaveReason(String code) {
        this.code = code;
    }

    /** The reason as it is written on the wire. */
    public String code() {
        return code;
    }
}
