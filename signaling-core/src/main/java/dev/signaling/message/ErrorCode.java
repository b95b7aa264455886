package dev.signaling.message;

/** What a peer did wrong, or what the server could not do for it. The {@link #code} never changes its meaning. */
public enum ErrorCode {
    /** The text is not a JSON object, or not strict JSON (RFC 8259): a key twice, something behind the end. */
    MALFORMED_MESSAGE("malformed-message"),
    /** The object's {@code type} is missing, no string, or one that a client may not send. */
    UNKNOWN_TYPE("unknown-type"),
    /** A field that the type needs is missing, of a wrong JSON type, or has a value that it cannot have. */
    INVALID_FIELD("invalid-field"),
    /** The text is longer than {@link dev.signaling.Limits#messageCharacters()}. */
    MESSAGE_TOO_LARGE("message-too-large"),
    /** The channel's name is missing, no string, empty, too long or otherwise no name. */
    INVALID_CHANNEL("invalid-channel"),
    /** The peer is not in the channel that it spoke to. */
    NOT_JOINED("not-joined"),
    /** The peer is in that channel already. */
    ALREADY_JOINED("already-joined"),
    /** The channel holds as many peers as it may. */
    CHANNEL_FULL("channel-full"),
    /** Another peer holds the role that only one may hold. */
    ROLE_TAKEN("role-taken"),
    /** The peer is in as many channels as it may be. */
    TOO_MANY_CHANNELS("too-many-channels"),
    /** The host said no: its relay policy, or what it knows of the peer; or it did not take a new token. */
    NOT_ALLOWED("not-allowed"),
    /** The peer that was to be told is not in the channel. */
    PEER_NOT_FOUND("peer-not-found"),
    /** The token admits nobody, the counts do not fit, or it was not the first message: the client stays who it is now. */
    RESUME_FAILED("resume-failed"),
    /** The token by which the peer was let in has ended: the connection ends, at once or unless another one is shown. */
    TOKEN_EXPIRED("token-expired"),
    /** More messages than the limits allow: this one and those that follow at once are not handled. */
    RATE_LIMITED("rate-limited"),
    /** The server's channel store failed; the same message may be sent again later. */
    STORE_UNAVAILABLE("store-unavailable"),
    /** What the server knows of ICE servers could not be had; the same message may be sent again later. */
    ICE_SERVERS_UNAVAILABLE("ice-servers-unavailable");

    private final String code;

    ErrorCode(String code) {
        this.code = code;
    }

    /** The code as it is written on the wire. */
    public String code() {
        return code;
    }
}
