package dev.signaling.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys by which tokens are signed, of one kind, and the algorithms that go with it. */
final class Keys {

    private static final int MOST = 16;
    private static final int FEWEST_RSA_BITS = 2_048;
    private static final Set<String> SCHEMES = Set.of("https", "http", "file");

    /** How long a thread waits for another one that fetches the keys. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<JWK> secrets = new ArrayList<>();
    private final List<JWK> publicKeys = new ArrayList<>();
    private final Set<JWSAlgorithm> algorithms = new HashSet<>();
    private Optional<URL> address = Optional.empty();
    private Duration kept = Duration.ofMinutes(5);
    private Duration interval = Duration.ofSeconds(30);

    void algorithms(String... names) {
        for (String name : names) {
            algorithms.add(JWSAlgorithm.parse(name));
        }
    }

    void secret(byte[] value) {
        secrets.add(new OctetSequenceKey.Builder(value.clone()).build());
    }

    void publicKey(Optional<String> keyId, PublicKey key) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= FEWEST_RSA_BITS) {
            RSAKey.Builder builder = new RSAKey.Builder(rsa);
            keyId.ifPresent(builder::keyID);
            publicKeys.add(builder.build());
        } else if (key instanceof ECPublicKey ec && Curve.forECParameterSpec(ec.getParams()) != null) {
            ECKey.Builder builder = new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec);
            keyId.ifPresent(builder::keyID);
            publicKeys.add(builder.build());
        } else {
            throw new IllegalArgumentException("no RSA key of 2,048 bits or more, and no EC key");
        }
    }

    void keySet(URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException("no address of https, http or file: " + uri);
        }
        try {
            address = Optional.of(uri.toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no address: " + uri, e);
        }
    }

    void times(Duration keptFor, Duration fetchedEvery) {
        kept = keptFor;
        interval = fetchedEvery;
    }

    /**
     * These, if they go together.
     *
     * @throws IllegalStateException if they do not
     */
    Keys checked() {
        int kinds = (secrets.isEmpty() ? 0 : 1) + (publicKeys.isEmpty() ? 0 : 1) + (address.isPresent() ? 1 : 0);
        if (kinds != 1) {
            throw new IllegalStateException("there have to be secrets, public keys or a key set: one of the three");
        }
        if (secrets.size() + publicKeys.size() > MOST) {
            throw new IllegalStateException("more than " + MOST + " keys");
        }
        if (algorithms.isEmpty()) {
            throw new IllegalStateException("no algorithms are allowed");
        }
        algorithms.forEach(this::requireFit);
        return this;
    }

    private void requireFit(JWSAlgorithm algorithm) {
        boolean isForSecrets = JWSAlgorithm.Family.HMAC_SHA.contains(algorithm);
        boolean isForOthers = JWSAlgorithm.Family.RSA.contains(algorithm) || JWSAlgorithm.Family.EC.contains(algorithm);
        if (secrets.isEmpty() ? !isForOthers : !isForSecrets) {
            throw new IllegalStateException("no algorithm for keys of that kind: " + algorithm);
        }
        for (JWK secret : secrets) {
            int bits = Integer.parseInt(algorithm.getName().substring("HS".length()));
            if (secret.size() < bits) {
                throw new IllegalStateException(algorithm + " asks for a secret of " + bits + " bits or more");
            }
        }
    }

    /** What finds the keys that may have signed a token of that header. */
    JWSKeySelector<SecurityContext> selector() {
        if (address.isPresent()) {
            return new JWSVerificationKeySelector<>(Set.copyOf(algorithms), fetched(address.get()));
        }
        List<JWK> all = new ArrayList<>(secrets);
        all.addAll(publicKeys);
        return new OwnKeys(Set.copyOf(algorithms), new ImmutableJWKSet<>(new JWKSet(all)));
    }

    private JWKSource<SecurityContext> fetched(URL from) {
        return JWKSourceBuilder.create(from, new KeyFetch())
                .cache(kept.toMillis(), PATIENCE.toMillis())
                .refreshAheadCache(false) // which would take a thread
                .rateLimited(interval.toMillis())
                .build();
    }

    /** Keys that need have no id, whatever the token says. */
    private static final class OwnKeys extends JWSVerificationKeySelector<SecurityContext> {

        OwnKeys(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
            super(algorithms, keys);
        }

        @Override
        protected JWKMatcher createJWKMatcher(JWSHeader header) {
            JWSAlgorithm algorithm = header.getAlgorithm();
            if (!isAllowed(algorithm)) {
                return super.createJWKMatcher(header); // which knows what to do then
            }
            JWKMatcher.Builder matcher = new JWKMatcher.Builder().keyType(KeyType.forAlgorithm(algorithm));
            if (header.getKeyID() != null) {
                matcher.keyIDs(header.getKeyID(), null);
            }
            if (JWSAlgorithm.Family.EC.contains(algorithm)) {
                matcher.curves(Curve.forJWSAlgorithm(algorithm));
            }
            return matcher.build();
        }
    }
}
