package dev.signaling.jakarta;

import dev.signaling.spi.Identity;
import java.util.Optional;

/**
 * An authenticator's answer.
 *
 * @param identity who it is; empty if it is refused
 * @param status of HTTP for a refusal, where the container lets the handshake be answered with one; elsewhere the
 *     connection is opened and at once closed with 1008, {@code authentication-refused}. 200 for who is let in
 */
public record Authentication(Optional<Identity> identity, int status) {

    private static final Authentication UNAUTHENTICATED = new Authentication(Optional.empty(), 401);
    private static final Authentication FORBIDDEN = new Authentication(Optional.empty(), 403);

    /**
     * Checks that the status is one for what it says.
     *
     * @throws IllegalArgumentException if it is not 200 for an identity, or not from 400 to 599 for a refusal
     */
    public Authentication {
        if (identity.isPresent() ? status != 200 : status < 400 || status > 599) {
            throw new IllegalArgumentException("no status for this: " + status);
        }
    }

    /** It is let in, and that is who it is. */
    public static Authentication granted(Identity identity) {
        return new Authentication(Optional.of(identity), 200);
    }

    /** It is not let in, and might be if it said who it is (401). */
    public static Authentication unauthenticated() {
        return UNAUTHENTICATED;
    }

    /** It is not let in, whoever it is (403). */
    public static Authentication forbidden() {
        return FORBIDDEN;
    }
}
