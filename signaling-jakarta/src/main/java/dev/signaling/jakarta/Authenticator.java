package dev.signaling.jakarta;

import dev.signaling.spi.Identity;
import java.util.Optional;

/**
 * Says who it is that asks for a connection, before the hub knows of it.
 *
 * <p>{@link #authenticate} is called once a handshake, on the container's thread that handles it, by many threads at once, without a lock held. It
 * must not block for long: some containers have few such threads. One that throws or returns null has refused (403). It
 * comes after the {@link OriginPolicy}, so that a stranger's page never gets so far.
 *
 * <p>A client that reconnects asks anew, with the same address: what it shows there has to last as long as it does. Where the
 * {@link SignalingContextListener} could add its filter, this is asked before the application's own filters, which may
 * refuse the handshake afterwards; what they find out about the user is not in the {@link Handshake}.
 *
 * <p>Handed over as a CDI bean, as an attribute of the servlet context that has this interface's name, or to {@link
 * SignalingServer.Builder#authenticator}.
 */
@FunctionalInterface
public interface Authenticator {

    /** Says who it is, or why it may not connect. */
    Authentication authenticate(Handshake handshake);

    /**
     * Says who a peer is by a new token that it shows while it is connected ({@code refresh-token} of {@code signaling.v1}),
     * since the one by which it was let in has {@linkplain Identity#expiry() ended} or is about to. Called on the thread that
     * brought the message, as {@link dev.signaling.spi.Renewal} says; by default every token is refused.
     *
     * @param token what it shows; belongs in no log, and in no exception's message
     * @param current who it is so far. The new identity has to be of the same name
     * @return who it is from now on; empty if the token is refused
     */
    default Optional<Identity> renew(String token, Identity current) {
        return Optional.empty();
    }

    /** Lets in whom the container has logged in by its own means, under the principal's name, and nobody else (401). */
    static Authenticator principal() {
        return handshake -> handshake
                .principal()
                .map(principal -> Authentication.granted(Identity.of(principal.getName())))
                .orElse(Authentication.unauthenticated());
    }

    /** Lets everybody in, as the name that the container's own login gives, and anonymous without one. */
    static Authenticator anyone() {
        return handshake -> Authentication.granted(handshake
                .principal()
                .map(principal -> Identity.of(principal.getName()))
                .orElse(Identity.anonymous()));
    }
}
