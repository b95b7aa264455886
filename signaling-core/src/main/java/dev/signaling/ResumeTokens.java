package dev.signaling;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tokens by which peers come back. A token is 192 random bits in 32 characters of base64url (RFC 4648, section 5):
 * none comes twice, and none can be guessed.
 */
final class ResumeTokens {

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Peer> holders = new ConcurrentHashMap<>();

    /** Makes a token that admits nobody yet. */
    String next() {
        byte[] bits = new byte[24];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    void admit(String token, Peer holder) {
        holders.put(token, holder);
    }

    void revoke(String token) {
        holders.remove(token);
    }

    /** Whose token it is. It may have been revoked a moment later: the peer itself has the last word. */
    Optional<Peer> holder(String token) {
        return Optional.ofNullable(holders.get(token));
    }

    /** How many tokens admit somebody. */
    int size() {
        return holders.size();
    }
}
