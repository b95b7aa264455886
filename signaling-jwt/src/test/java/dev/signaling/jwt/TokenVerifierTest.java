package dev.signaling.jwt;

import static dev.signaling.jwt.Tokens.NOW;
import static dev.signaling.jwt.Tokens.ann;
import static dev.signaling.jwt.Tokens.forged;
import static dev.signaling.jwt.Tokens.hs256;
import static dev.signaling.jwt.Tokens.ofRsa;
import static dev.signaling.jwt.Tokens.ofSecret;
import static dev.signaling.jwt.Tokens.rs256;
import static dev.signaling.jwt.Tokens.verifier;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signaling.message.ChannelName;
import dev.signaling.message.Role;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are good, and what of them is taken. */
class TokenVerifierTest {

    private static final String CLAIMS =
            "{\"sub\":\"ann\",\"exp\":" + NOW.plusSeconds(600).getEpochSecond() + "}";

    private static TokenClaims of(String name) {
        return new TokenClaims(
                Optional.of(name),
                Optional.of(Set.of(new ChannelName("room"))),
                Optional.empty(),
                NOW.plusSeconds(660));
    }

    private static void assertRefused(TokenVerifier verifier, String token) {
        assertEquals(Optional.empty(), verifier.verify(token));
    }

    @Test
    void takesWhatIsSignedByItsKeys() throws JOSEException {
        assertEquals(Optional.of(of("ann")), ofSecret().verify(hs256(ann())));
        assertEquals(Optional.of(of("ann")), ofRsa().build().verify(rs256(Tokens.RSA, ann())));
        TokenVerifier ec = verifier()
                .algorithms("ES256")
                .publicKey(Tokens.EC.toECPublicKey())
                .build();
        assertEquals(Optional.of(of("ann")), ec.verify(Tokens.es256(ann())));
    }

    @Test
    void refusesWhatIsSignedByOthers() {
        assertRefused(ofSecret(), hs256(Tokens.OTHER_SECRET, ann()));
        assertRefused(ofRsa().build(), rs256(Tokens.OTHER_RSA, ann()));
        assertRefused(ofRsa().build(), rs256(Tokens.OTHER_RSA, ann(), header -> header.keyID("one")));
    }

    @Test
    void severalKeysMayBeThereWhileOneTakesTheOthersPlace() throws JOSEException {
        TokenVerifier secrets = verifier()
                .algorithms("HS256")
                .secret(Tokens.SECRET)
                .secret(Tokens.OTHER_SECRET)
                .build();
        assertTrue(secrets.verify(hs256(ann())).isPresent());
        assertTrue(secrets.verify(hs256(Tokens.OTHER_SECRET, ann())).isPresent());
        TokenVerifier keys = verifier()
                .algorithms("RS256", "ES256")
                .publicKey("one", Tokens.RSA.toRSAPublicKey())
                .publicKey("two", Tokens.OTHER_RSA.toRSAPublicKey())
                .publicKey(Tokens.EC.toECPublicKey())
                .build();
        for (String token : List.of(
                rs256(Tokens.RSA, ann()),
                rs256(Tokens.OTHER_RSA, ann()),
                rs256(Tokens.OTHER_RSA, ann(), header -> header),
                Tokens.es256(ann()))) {
            assertTrue(keys.verify(token).isPresent());
        }
        assertRefused(keys, rs256(Tokens.OTHER_RSA, ann(), header -> header.keyID("one")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS256 ", "hs256"})
    void refusesWhatIsNotSigned(String algorithm) {
        String header = "{\"alg\":\"" + algorithm + "\"}";
        String unsigned = Base64URL.encode(header) + "." + Base64URL.encode(CLAIMS) + ".";
        assertRefused(ofSecret(), unsigned);
        assertRefused(ofRsa().build(), unsigned);
        assertRefused(ofSecret(), forged(header, CLAIMS, Tokens.SECRET));
        assertTrue(ofSecret()
                .verify(forged("{\"alg\":\"HS256\"}", CLAIMS, Tokens.SECRET))
                .isPresent());
    }

    /** The classic: whoever has the public key signs with it as if it were the secret. */
    @Test
    void refusesAPublicKeyThatIsUsedAsASecret() throws JOSEException {
        PublicKey key = Tokens.RSA.toRSAPublicKey();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----";
        for (byte[] secret : List.of(
                key.getEncoded(),
                pem.getBytes(UTF_8),
                (pem + "\n").getBytes(UTF_8),
                Tokens.RSA.toPublicJWK().toJSONString().getBytes(UTF_8),
                Tokens.RSA.getModulus().decode())) {
            assertRefused(ofRsa().build(), forged("{\"alg\":\"HS256\"}", CLAIMS, secret));
            assertRefused(ofRsa().build(), forged("{\"alg\":\"HS256\",\"kid\":\"one\"}", CLAIMS, secret));
        }
    }

    @Test
    void refusesAlgorithmsThatWereNotAllowed() throws JOSEException {
        TokenVerifier other = verifier()
                .algorithms("RS512", "PS256")
                .publicKey(Tokens.RSA.toRSAPublicKey())
                .build();
        assertRefused(other, rs256(Tokens.RSA, ann()));
        assertRefused(ofRsa().build(), Tokens.es256(ann()));
        assertRefused(ofRsa().build(), hs256(ann()));
        assertRefused(ofSecret(), rs256(Tokens.RSA, ann()));
    }

    @Test
    void looksAtNoKeyThatTheTokenBringsAlong() {
        assertRefused(
                ofRsa().build(), rs256(Tokens.OTHER_RSA, ann(), header -> header.jwk(Tokens.OTHER_RSA.toPublicJWK())));
        URI anywhere = URI.create("http://127.0.0.1:9/keys");
        assertRefused(ofRsa().build(), rs256(Tokens.OTHER_RSA, ann(), header -> header.jwkURL(anywhere)));
        assertRefused(ofRsa().build(), rs256(Tokens.OTHER_RSA, ann(), header -> header.x509CertURL(anywhere)));
        JWK ours = Tokens.RSA.toPublicJWK();
        String harmless = rs256(Tokens.RSA, ann(), header -> header.jwk(ours).jwkURL(anywhere));
        assertTrue(ofRsa().build().verify(harmless).isPresent());
    }

    @Test
    void refusesExtensions() {
        String[] headers = {
            "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
            "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":true}",
            "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
            "{\"alg\":\"HS256\",\"b64\":false}",
            "{\"alg\":\"HS256\",\"crit\":\"x\"}"
        };
        for (String header : headers) {
            assertRefused(ofSecret(), forged(header, CLAIMS, Tokens.SECRET));
        }
    }

    private static Stream<String> noTokens() {
        return Stream.of(
                "",
                ".",
                "..",
                "....",
                "a.b.c",
                "x",
                "\u0000",
                "e30.e30.e30",
                "[".repeat(8_000),
                Base64URL.encode("{".repeat(5_000)) + ".e30.e30",
                Base64URL.encode("[".repeat(5_000)) + "." + Base64URL.encode("[".repeat(500)) + ".e30",
                forged("{\"alg\":\"HS256\"}", "[]", Tokens.SECRET),
                forged("{\"alg\":\"HS256\"}", "null", Tokens.SECRET),
                forged("{\"alg\":\"HS256\"}", "{\"a\":".repeat(500), Tokens.SECRET),
                forged("{\"alg\":7}", CLAIMS, Tokens.SECRET),
                forged("{\"alg\":\"HS256\",\"typ\":\"JOSE\"}", CLAIMS, Tokens.SECRET),
                hs256(ann()) + ".",
                hs256(ann()) + "A",
                hs256(ann()).replaceFirst("\\.", ".."),
                hs256(ann()).substring(1));
    }

    @ParameterizedTest
    @MethodSource("noTokens")
    void refusesWhatIsNoToken(String text) {
        assertRefused(ofSecret(), text);
        assertRefused(ofRsa().build(), text);
    }

    @Test
    void refusesWhatIsTooLong() {
        int most = TokenVerifier.LONGEST;
        String longest = hs256(ann().claim("x", "x".repeat((most - 200) * 3 / 4)));
        assertTrue(longest.length() <= most && longest.length() > most - 100, () -> "" + longest.length());
        assertTrue(ofSecret().verify(longest).isPresent());
        assertRefused(ofSecret(), hs256(ann().claim("x", "x".repeat(most * 3 / 4))));
    }

    private static JWTClaimsSet.Builder ending(Instant time) {
        return ann().expirationTime(Date.from(time));
    }

    @Test
    void hasToHaveAnEndThatHasNotCome() {
        assertRefused(ofSecret(), hs256(ann().expirationTime(null)));
        assertRefused(ofSecret(), hs256(ending(NOW.minusSeconds(60))));
        assertEquals(
                Optional.of(NOW.plusSeconds(1)),
                ofSecret().verify(hs256(ending(NOW.minusSeconds(59)))).map(TokenClaims::expiry));
        TokenVerifier exact = verifier()
                .algorithms("HS256")
                .secret(Tokens.SECRET)
                .clockSkew(Duration.ZERO)
                .build();
        assertRefused(exact, hs256(ending(NOW)));
        assertTrue(exact.verify(hs256(ending(NOW.plusSeconds(1)))).isPresent());
    }

    @Test
    void hasToHaveBegun() {
        assertRefused(ofSecret(), hs256(ann().notBeforeTime(Date.from(NOW.plusSeconds(61)))));
        assertTrue(ofSecret()
                .verify(hs256(ann().notBeforeTime(Date.from(NOW.plusSeconds(60)))))
                .isPresent());
    }

    @Test
    void isFromItsIssuerAndForItsAudience() {
        TokenVerifier verifier = verifier()
                .algorithms("HS256")
                .secret(Tokens.SECRET)
                .issuer("https://id.example")
                .audience("signaling")
                .build();
        JWTClaimsSet.Builder right = ann().issuer("https://id.example").audience(List.of("others", "signaling"));
        assertTrue(verifier.verify(hs256(right)).isPresent());
        assertRefused(verifier, hs256(ann().audience("signaling")));
        assertRefused(verifier, hs256(ann().issuer("https://id.example")));
        assertRefused(verifier, hs256(ann().issuer("https://id.example/").audience("signaling")));
        assertRefused(verifier, hs256(ann().issuer("https://id.example").audience("Signaling")));
    }

    @Test
    void claimsMayHaveOtherNames() {
        TokenVerifier verifier = verifier()
                .algorithms("HS256")
                .secret(Tokens.SECRET)
                .nameClaim("email")
                .channelsClaim("rooms")
                .rolesClaim("as")
                .build();
        String token = hs256(new JWTClaimsSet.Builder()
                .expirationTime(Date.from(NOW.plusSeconds(600)))
                .claim("email", "ann@example.org")
                .claim("rooms", "one")
                .claim("as", List.of("viewer", "peer")));
        assertEquals(
                Optional.of(new TokenClaims(
                        Optional.of("ann@example.org"),
                        Optional.of(Set.of(new ChannelName("one"))),
                        Optional.of(Set.of(Role.VIEWER, Role.PEER)),
                        NOW.plusSeconds(660))),
                verifier.verify(token));
    }

    /** A restriction that nobody understands must not be taken for none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"channels\":null",
                "\"channels\":7",
                "\"channels\":{}",
                "\"channels\":\"\"",
                "\"channels\":[7]",
                "\"channels\":[null]",
                "\"channels\":[\"room\",\"__proto__\"]",
                "\"channels\":[[\"room\"]]",
                "\"roles\":null",
                "\"roles\":[\"\"]",
                "\"roles\":true",
                "\"sub\":null",
                "\"sub\":\"\"",
                "\"sub\":{}"
            })
    void refusesAClaimThatIsNone(String claim) {
        String claims = "{\"exp\":" + NOW.plusSeconds(600).getEpochSecond() + "," + claim + "}";
        assertRefused(ofSecret(), forged("{\"alg\":\"HS256\"}", claims, Tokens.SECRET));
    }

    @Test
    void takesTheTypesThatTokensHave() {
        for (JOSEObjectType type : Arrays.asList(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)) {
            assertTrue(ofRsa().build()
                    .verify(rs256(Tokens.RSA, ann(), header -> header.type(type)))
                    .isPresent());
        }
        assertRefused(
                ofRsa().build(), rs256(Tokens.RSA, ann(), header -> header.type(new JOSEObjectType("logout+jwt"))));
    }

    @Test
    void isNotBuiltOfWhatDoesNotGoTogether() throws Exception {
        PublicKey rsa = Tokens.RSA.toRSAPublicKey();
        URI set = URI.create("https://id.example/keys");
        for (TokenVerifier.Builder builder : List.of(
                verifier(),
                verifier().algorithms("HS256"),
                verifier().secret(Tokens.SECRET),
                verifier().algorithms("RS256").secret(Tokens.SECRET),
                verifier().algorithms("none").secret(Tokens.SECRET),
                verifier().algorithms("HS256", "HS512").secret(Tokens.SECRET),
                verifier().algorithms("HS256").secret(new byte[31]),
                verifier().algorithms("HS256").publicKey(rsa),
                verifier().algorithms("RS256", "HS256").publicKey(rsa),
                verifier().algorithms("RS256").publicKey(rsa).keySet(set),
                verifier().algorithms("HS256").keySet(set),
                verifier().algorithms("EdDSA").keySet(set),
                verifier().algorithms("RS256").secret(Tokens.SECRET).publicKey(rsa))) {
            assertThrows(IllegalStateException.class, builder::build);
        }
        PublicKey small = new RSAKeyGenerator(1_024, true).generate().toRSAPublicKey();
        PublicKey dsa = KeyPairGenerator.getInstance("DSA").generateKeyPair().getPublic();
        for (PublicKey key : List.of(small, dsa)) {
            assertThrows(IllegalArgumentException.class, () -> verifier().publicKey(key));
        }
        for (String address : List.of("keys", "ftp://id.example/keys", "jar:file:/x!/y", "data:,x")) {
            assertThrows(IllegalArgumentException.class, () -> verifier().keySet(URI.create(address)));
        }
        for (Duration skew : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(301))) {
            assertThrows(IllegalArgumentException.class, () -> verifier().clockSkew(skew));
        }
        TokenVerifier.Builder many = verifier().algorithms("HS256");
        for (int i = 0; i < 17; i++) {
            many.secret(Tokens.SECRET);
        }
        assertThrows(IllegalStateException.class, many::build);
    }
}
