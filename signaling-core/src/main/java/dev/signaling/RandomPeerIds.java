package dev.signaling;

import dev.signaling.message.PeerId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Ids of 128 random bits in 22 characters of base64url (RFC 4648, section 5): none comes twice, none can be guessed. */
final class RandomPeerIds implements Supplier<PeerId> {

    private final SecureRandom random = new SecureRandom();

    @Override
    public PeerId get() {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return new PeerId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }
}
