package dev.signaling.spi;

import java.util.Optional;

/**
 * Says who a peer is by a new token that it shows while it is connected, since that by which it was let in has ended or is
 * about to.
 *
 * <p>Called on the thread that brought the peer's message, by many threads at once, without a lock held; for one peer one
 * call at a time. It must not block for long: the peer's next messages wait. One that throws has refused. The token belongs
 * in no log, and in no exception's message.
 */
@FunctionalInterface
public interface Renewal {

    /**
     * Says who that is.
     *
     * @param token what the peer shows, as it came
     * @param current who the peer is so far. The new identity has to be of the same name, or it is refused
     * @return who it is from now on; empty if the token is refused, in which case nothing has changed
     */
    Optional<Identity> renew(String token, Identity current);

    /** Refuses every token. */
    static Renewal none() {
        return (token, current) -> Optional.empty();
    }
}
