package dev.signaling.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keys, and tokens that are signed by them. The time of all tests is {@link #NOW}. */
final class Tokens {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    static final byte[] OTHER_SECRET = "fedcba9876543210fedcba9876543210".getBytes(UTF_8);
    static final RSAKey RSA = rsa("one");
    static final RSAKey OTHER_RSA = rsa("two");
    static final ECKey EC = ec();

    private Tokens() {}

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2_048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("three").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Good for ten minutes, for ann, in the channel "room". */
    static JWTClaimsSet.Builder ann() {
        return new JWTClaimsSet.Builder()
                .subject("ann")
                .claim("channels", List.of("room"))
                .expirationTime(Date.from(NOW.plusSeconds(600)));
    }

    static String hs256(JWTClaimsSet.Builder claims) {
        return hs256(SECRET, claims);
    }

    static String hs256(byte[] secret, JWTClaimsSet.Builder claims) {
        try {
            return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(secret));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String rs256(RSAKey key, JWTClaimsSet.Builder claims) {
        return rs256(key, claims, header -> header.keyID(key.getKeyID()));
    }

    static String rs256(RSAKey key, JWTClaimsSet.Builder claims, UnaryOperator<JWSHeader.Builder> more) {
        try {
            return signed(more.apply(new JWSHeader.Builder(JWSAlgorithm.RS256)).build(), claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String es256(JWTClaimsSet.Builder claims) {
        try {
            return signed(new JWSHeader(JWSAlgorithm.ES256), claims, new ECDSASigner(EC));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
        SignedJWT jwt = new SignedJWT(header, claims.build());
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return jwt.serialize();
    }

    /** A token of that header and these claims with a signature that is what the header says, made by that secret. */
    static String forged(String header, String claims, byte[] secret) {
        String text = Base64URL.encode(header) + "." + Base64URL.encode(claims);
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new javax.crypto.spec.SecretKeySpec(secret, "HmacSHA256"));
            return text + "." + Base64URL.encode(mac.doFinal(text.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static TokenVerifier.Builder verifier() {
        return TokenVerifier.builder().clock(() -> NOW);
    }

    static TokenVerifier ofSecret() {
        return verifier().algorithms("HS256").secret(SECRET).build();
    }

    static TokenVerifier.Builder ofRsa() {
        try {
            return verifier().algorithms("RS256").publicKey(RSA.toRSAPublicKey());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
