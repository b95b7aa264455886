package dev.signaling.jwt;

import static dev.signaling.jwt.Tokens.NOW;
import static dev.signaling.jwt.Tokens.ann;
import static dev.signaling.jwt.Tokens.hs256;
import static dev.signaling.jwt.Tokens.ofSecret;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.jakarta.Handshake;
import dev.signaling.message.ChannelName;
import dev.signaling.message.Role;
import dev.signaling.spi.Identity;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token may stand in a handshake, and who that lets in. */
class JwtAuthenticatorTest {

    private static final Authentication ANN = Authentication.granted(
            Identity.of("ann").withChannels(Set.of(new ChannelName("room"))).withExpiry(NOW.plusSeconds(660)));

    private final String token = hs256(ann());

    private static Handshake header(String name, String... values) {
        return new Handshake(Optional.empty(), Map.of(name, List.of(values)), Map.of(), List.of(), Optional.empty());
    }

    private static Handshake query(String... values) {
        return new Handshake(Optional.empty(), Map.of(), Map.of("token", List.of(values)), List.of(), Optional.empty());
    }

    private static Handshake subprotocols(String... entries) {
        return new Handshake(Optional.empty(), Map.of(), Map.of(), List.of(entries), Optional.empty());
    }

    private static JwtAuthenticator everywhere() {
        return JwtAuthenticator.builder(ofSecret())
                .bearer()
                .subprotocol()
                .cookie("token")
                .query("token")
                .build();
    }

    @Test
    void findsTheTokenWhereItMayStand() {
        for (Handshake handshake : List.of(
                header("Authorization", "Bearer " + token),
                header("authorization", "bearer  " + token),
                header("Cookie", "token=" + token),
                header("cookie", "a=b; token=" + token + ";c=d"),
                header("Cookie", "a=b", "token=" + token),
                query(token),
                subprotocols("signaling.v1", "signaling.token." + token),
                subprotocols("signaling.token." + token))) {
            assertEquals(ANN, everywhere().authenticate(handshake), handshake::toString);
        }
    }

    @Test
    void findsItNowhereElse() {
        for (Handshake handshake : List.of(
                query(),
                header("Authorization", token),
                header("Authorization", "Basic " + token),
                header("Authorization", "Bearer " + token + " x"),
                header("Authorization", "Bearer "),
                header("Cookie", "mytoken=" + token),
                header("Cookie", "Token=" + token),
                header("X-Token", token),
                subprotocols(token),
                subprotocols("signaling.v1." + token))) {
            assertEquals(Authentication.unauthenticated(), everywhere().authenticate(handshake));
        }
        for (Handshake handshake : List.of(query(token), header("Cookie", "token=" + token))) {
            assertEquals(
                    Authentication.unauthenticated(),
                    JwtAuthenticator.of(ofSecret()).authenticate(handshake));
        }
    }

    @Test
    void theFirstPlaceThatHasOneCounts() {
        Handshake both = new Handshake(
                Optional.empty(),
                Map.of("authorization", List.of("Bearer " + hs256(Tokens.OTHER_SECRET, ann()))),
                Map.of("token", List.of(token)),
                List.of(),
                Optional.empty());
        assertEquals(Authentication.unauthenticated(), everywhere().authenticate(both));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "null"})
    void refusesWhatIsNoToken(String bad) {
        assertEquals(Authentication.unauthenticated(), everywhere().authenticate(query(bad)));
    }

    @Test
    void letsNobodyInWhoHasNoName() {
        JWTClaimsSet.Builder nobody = new JWTClaimsSet.Builder().expirationTime(Date.from(NOW.plusSeconds(600)));
        assertEquals(Authentication.unauthenticated(), everywhere().authenticate(query(hs256(nobody))));
    }

    @Test
    void rolesAndChannelsAreTheTokens() {
        String viewer = hs256(new JWTClaimsSet.Builder()
                .subject("bob")
                .claim("roles", "viewer")
                .expirationTime(Date.from(NOW.plusSeconds(1))));
        assertEquals(
                Authentication.granted(
                        Identity.of("bob").withRoles(Set.of(Role.VIEWER)).withExpiry(NOW.plusSeconds(61))),
                everywhere().authenticate(query(viewer)));
    }

    @Test
    void renewsByTheSameRules() {
        assertEquals(ANN.identity(), everywhere().renew(token, Identity.of("ann")));
        assertEquals(Optional.empty(), everywhere().renew(hs256(Tokens.OTHER_SECRET, ann()), Identity.of("ann")));
    }

    @Test
    void needsAPlace() {
        assertThrows(IllegalStateException.class, JwtAuthenticator.builder(ofSecret())::build);
    }

    @Test
    void theContainersPrincipalIsAskedForWhereNoTokenIs() {
        Handshake ann = new Handshake(Optional.of(() -> "ann"), Map.of(), Map.of(), List.of(), Optional.empty());
        assertEquals(
                Authentication.granted(Identity.of("ann")),
                Authenticator.principal().authenticate(ann));
        assertEquals(Authentication.unauthenticated(), Authenticator.principal().authenticate(query(token)));
    }
}
