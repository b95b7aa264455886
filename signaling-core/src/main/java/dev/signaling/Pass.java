package dev.signaling;

import dev.signaling.message.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a peer shows to come back: its token, and for a while the one before. The answer that tells the new one may be lost
 * with the connection that it went over, and only a word over that connection says that it has arrived.
 *
 * <p>Used under the peer's lock.
 */
final class Pass {

    private final ResumeTokens tokens;
    private final Peer peer;
    private String token;
    private @Nullable String earlier;
    private long newest; // the number of the newest connection that it was shown over

    Pass(ResumeTokens tokens, Peer peer, Connection line) {
        this.tokens = tokens;
        this.peer = peer;
        newest = line.number();
        token = tokens.next();
        tokens.admit(token, peer);
    }

    String token() {
        return token;
    }

    /**
     * Whether that request admits the peer now, over that connection. Not over one that is older than the peer's: the
     * client has given it up, and what it sent there has only come late.
     */
    boolean admits(ClientMessage.Resume request, Connection over) {
        return over.number() > newest
                && (request.token().equals(token) || request.token().equals(earlier));
    }

    /** Makes a new token. The one that was shown, which the client knows, stays good until it {@link #confirm confirms}. */
    void renew(ClientMessage.Resume shown, Connection over) {
        newest = over.number();
        String unknown = shown.token().equals(token) ? earlier : token;
        if (unknown != null) {
            tokens.revoke(unknown);
        }
        earlier = shown.token();
        token = tokens.next();
        tokens.admit(token, peer);
    }

    /** The client has spoken over the connection that told it the token. */
    void confirm() {
        String used = earlier;
        if (used != null) {
            tokens.revoke(used);
            earlier = null;
        }
    }

    /** Nobody comes back. */
    void revoke() {
        confirm();
        tokens.revoke(token);
    }
}
