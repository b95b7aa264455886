package dev.signaling.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Says which signed tokens (JWT, RFC 7519) are good: by which keys and algorithms they are signed, who has issued them and
 * for whom, and that they have begun and not ended.
 *
 * <p>A token is refused that is not signed ({@code none}), that names an algorithm other than those that were allowed, whose
 * key is not of the algorithm's kind, that brings extensions ({@code crit}, RFC 7515, section 4.1.11), that has no end
 * ({@code exp}), or that is longer than {@value #LONGEST} characters. Keys that it brings along or points to ({@code jwk},
 * {@code jku}, {@code x5c}, {@code x5u}) are not looked at.
 *
 * <p>May be used by any number of threads. It blocks only where it has to fetch a {@linkplain Builder#keySet(URI) key set}, or
 * another thread does: for five seconds at most.
 */
public final class TokenVerifier {

    /** The greatest number of characters of a token. */
    public static final int LONGEST = 8_192;

    private static final Logger LOGGER = System.getLogger(TokenVerifier.class.getName());

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final ClaimRules rules;

    private TokenVerifier(Keys keys, ClaimRules rules) {
        this.rules = rules;
        processor.setJWSKeySelector(keys.selector());
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(ClaimRules.TYPES));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the rules follow
    }

    /** Starts without keys. */
    public static Builder builder() {
        return new Builder();
    }

    /** What the token says, if it is good; empty if it is refused, in which case the log says why at the level DEBUG. */
    Optional<TokenClaims> verify(String token) {
        if (token.length() > LONGEST) {
            return refused("too long");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (hasExtensions(jwt.getHeader())) {
                return refused("extensions");
            }
            JWTClaimsSet claims = processor.process(jwt, null);
            Optional<String> fault = rules.fault(claims);
            return fault.isPresent()
                    ? refused(fault.get())
                    : rules.read(claims).or(() -> refused("a claim that is none"));
        } catch (RateLimitReachedException e) {
            return refused("key not known, and asked for too often");
        } catch (KeySourceException e) {
            LOGGER.log(Level.WARNING, "the keys cannot be fetched, which refuses a token", e);
            return Optional.empty();
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
            return refused("no token of ours"); // the exception may tell what stands in it
        }
    }

    private static boolean hasExtensions(JWSHeader header) {
        return (header.getCriticalParams() != null
                        && !header.getCriticalParams().isEmpty())
                || !header.isBase64URLEncodePayload();
    }

    private static Optional<TokenClaims> refused(String reason) {
        LOGGER.log(Level.DEBUG, "refused a token: {0}", reason);
        return Optional.empty();
    }

    /**
     * Collects what a token has to be. Of the three kinds of keys (secrets, public keys, a key set) it takes one; of the first
     * two several, 16 at most, so that a new one can be there before the old one is gone. Not for use by several threads.
     */
    public static final class Builder {

        private final Keys keys = new Keys();
        private ClaimRules rules = ClaimRules.DEFAULTS;

        private Builder() {}

        /**
         * The algorithms by which a token may be signed, by their names in RFC 7518, section 3.1: {@code HS256} and so on for
         * secrets; {@code RS256}, {@code PS256}, {@code ES256} and so on for the other keys. There is no default.
         */
        public Builder algorithms(String... names) {
            keys.algorithms(names);
            return this;
        }

        /**
         * A secret that whoever issues tokens has too. It must be random, and have as many bits as the algorithm's hash.
         *
         * @param value is copied
         */
        public Builder secret(byte[] value) {
            keys.secret(value);
            return this;
        }

        /**
         * The public key of whoever issues tokens: RSA of 2,048 bits or more, or EC on P-256, P-384 or P-521.
         *
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder publicKey(PublicKey value) {
            keys.publicKey(Optional.empty(), value);
            return this;
        }

        /**
         * The same, for tokens that name no key or this one ({@code kid}).
         *
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder publicKey(String keyId, PublicKey value) {
            keys.publicKey(Optional.of(keyId), value);
            return this;
        }

        /**
         * The address of the public keys (JWK Set, RFC 7517, section 5), of the scheme {@code https}, {@code http} or {@code
         * file}. They are fetched with the first token and kept for five minutes; a token that names a key that is not among
         * them has them fetched anew, twice in thirty seconds at most. A fetch takes four seconds and 131,072 bytes at most,
         * for which the thread waits that brought the token: of the handshake, or of the message that asks to join or shows
         * a new token. Redirects are not followed. Plain {@code http} is for where nobody else can
         * answer: whoever does names the keys.
         *
         * @throws IllegalArgumentException if it is no such address
         */
        public Builder keySet(URI address) {
            keys.keySet(address);
            return this;
        }

        /** How long keys are kept, and how long it takes until they may be fetched anew twice: for tests. */
        Builder keySetTimes(Duration kept, Duration interval) {
            keys.times(kept, interval);
            return this;
        }

        /** Who has to have issued a token ({@code iss}); anybody who has the key if this is not set. */
        public Builder issuer(String value) {
            rules = rules.withIssuer(value);
            return this;
        }

        /** For whom it has to be, perhaps among others ({@code aud}); not looked at if this is not set. */
        public Builder audience(String value) {
            rules = rules.withAudience(value);
            return this;
        }

        /**
         * How much the clock of whoever issues tokens may differ from this one; 60 s by default. So much later than it says a
         * token ends.
         *
         * @throws IllegalArgumentException if it is negative or over five minutes
         */
        public Builder clockSkew(Duration value) {
            rules = rules.withSkew(value);
            return this;
        }

        /** The claim that says who a peer is; {@code sub} by default. */
        public Builder nameClaim(String value) {
            rules = rules.withNameClaim(value);
            return this;
        }

        /**
         * The claim that says which channels it may join, a string or a list of strings; {@code channels} by default. A token
         * without it is good for every channel, but for {@link JoinTokens}.
         */
        public Builder channelsClaim(String value) {
            rules = rules.withChannelsClaim(value);
            return this;
        }

        /** The claim that says which roles it may have, likewise; {@code roles} by default. */
        public Builder rolesClaim(String value) {
            rules = rules.withRolesClaim(value);
            return this;
        }

        /** What time it is; the system's clock by default. */
        public Builder clock(InstantSource value) {
            rules = rules.withClock(value);
            return this;
        }

        /**
         * Makes the verifier.
         *
         * @throws IllegalStateException if there are no keys or keys of several kinds, no algorithms, an algorithm that is
         *     not one of the keys' kind, or a secret that is too short for one
         */
        public TokenVerifier build() {
            return new TokenVerifier(keys.checked(), rules);
        }
    }
}
