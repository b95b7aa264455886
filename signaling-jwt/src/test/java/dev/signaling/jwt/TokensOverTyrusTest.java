package dev.signaling.jwt;

import static dev.signaling.jwt.Tokens.ann;
import static dev.signaling.jwt.Tokens.hs256;
import static dev.signaling.jwt.Tokens.ofSecret;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.Handshake;
import dev.signaling.jakarta.SignalingServer;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.PeerId;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.SignalingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens over a real socket: from each place, renewed and ended; and none of them in any log. */
class TokensOverTyrusTest {

    private static final String V1 = "signaling.v1";
    private static final String REFUSED = "1008 authentication-refused";

    private final AtomicReference<Instant> now = new AtomicReference<>(Tokens.NOW);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final TokenVerifier verifier = Tokens.verifier()
            .algorithms("HS256")
            .secret(Tokens.SECRET)
            .clock(() -> Tokens.NOW.plus(Duration.between(Tokens.NOW, time())))
            .clockSkew(Duration.ZERO)
            .build();
    private final SignalingHub hub = SignalingHub.builder()
            .clock(this::time)
            .policy(JoinTokens.required(
                    ofSecret(), channel -> channel.value().equals("invited"), RelayPolicy.everyoneToEveryone()))
            .listener(new SignalingListener() {
                @Override
                public void refused(PeerId peer, ErrorCode code, String detail) {
                    told.add(code.code() + " " + detail);
                }

                @Override
                public void joined(ChannelName channel, dev.signaling.message.Member member) {
                    told.add(member.toString());
                }
            })
            .build();
    private final TyrusNode node = new TyrusNode(SignalingServer.builder(hub)
            .authenticator(JwtAuthenticator.builder(verifier)
                    .bearer()
                    .subprotocol()
                    .cookie("token")
                    .query("token")
                    .build())
            .build());

    TokensOverTyrusTest() throws Exception {}

    private Instant time() {
        return java.util.Objects.requireNonNull(now.get());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Client bySubprotocol(String token, String... formats) {
        List<String> entries = new ArrayList<>(List.of(formats));
        entries.add("signaling.token." + note(token));
        return new Client(node.port(), "", Map.of(), entries);
    }

    private String note(String token) {
        shown.add(token);
        return token;
    }

    /** For ann, for so many seconds, in any channel. */
    private static String good(int seconds) {
        return hs256(
                new JWTClaimsSet.Builder().subject("ann").expirationTime(Date.from(Tokens.NOW.plusSeconds(seconds))));
    }

    private static String established(Client client) throws InterruptedException {
        String text = client.next();
        assertTrue(text.startsWith("{\"type\":\"connection-established\""), text);
        return text;
    }

    @Test
    void theTokensEntryIsNeverAgreedUpon() throws InterruptedException {
        try (Client v1 = bySubprotocol(good(60), V1);
                Client other = bySubprotocol(good(61), "other", V1);
                Client tutorial = bySubprotocol(good(62), "signaling.tutorial");
                Client alone = bySubprotocol(good(63))) {
            assertEquals(V1, v1.subprotocol());
            assertEquals(V1, other.subprotocol());
            assertEquals("signaling.tutorial", tutorial.subprotocol());
            assertEquals("", alone.subprotocol());
            assertTrue(established(v1).contains("\"heartbeat\""));
            assertEquals("{\"type\":\"connection-established\"}", established(tutorial));
            assertEquals("{\"type\":\"connection-established\"}", established(alone));
        }
        try (Client unknown = bySubprotocol(good(60), "signaling.v9")) {
            assertEquals("1008 subprotocol-refused", unknown.next());
        }
    }

    @Test
    void isToldThatItsTokenEndsAndRenewsIt() throws InterruptedException {
        try (Client ann = bySubprotocol(good(10), V1)) {
            established(ann);
            ann.send("{\"type\":\"join-channel\",\"channel\":\"room\"}");
            assertTrue(ann.next().startsWith("{\"type\":\"joined-channel\""));
            now.set(Tokens.NOW.plusSeconds(10));
            assertTrue(ann.next().startsWith("{\"type\":\"error\",\"code\":\"token-expired\""));
            ann.send("{\"type\":\"refresh-token\",\"id\":\"1\",\"token\":\"" + hs256(Tokens.OTHER_SECRET, ann())
                    + "\"}");
            assertTrue(ann.next().startsWith("{\"type\":\"error\",\"code\":\"not-allowed\""));
            ann.send("{\"type\":\"refresh-token\",\"id\":\"2\",\"token\":\"" + good(60) + "\"}");
            assertEquals("{\"type\":\"token-refreshed\",\"id\":\"2\"}", ann.next());
            now.set(Tokens.NOW.plusSeconds(60));
            assertTrue(ann.next().startsWith("{\"type\":\"error\",\"code\":\"token-expired\""));
            now.set(Tokens.NOW.plusSeconds(90));
            assertEquals("4401 token-expired", ann.next());
        }
        await().until(() -> hub.connections() == 0);
    }

    @Test
    void endsAtOnceInTheTutorialsFormat() throws InterruptedException {
        try (Client ann = bySubprotocol(good(10), "signaling.tutorial")) {
            established(ann);
            now.set(Tokens.NOW.plusSeconds(10));
            assertEquals(
                    "{\"type\":\"error\",\"code\":\"token-expired\",\"detail\":\"the token has ended\"}", ann.next());
            assertEquals("4401 token-expired", ann.next());
        }
    }

    /** Of each kind and from each place, with everything logged that can be. */
    @Test
    void noTokenStandsInAnyLogOrError() throws InterruptedException {
        CapturedLog log = new CapturedLog();
        List<String> heard = new ArrayList<>();
        try {
            List<String> bad = List.of(
                    hs256(Tokens.OTHER_SECRET, ann()),
                    hs256(ann().expirationTime(Date.from(Tokens.NOW.minusSeconds(600)))),
                    Tokens.rs256(Tokens.RSA, ann()),
                    Tokens.forged(
                            "{\"alg\":\"none\",\"kid\":\"seldom-seen\"}", "{\"sub\":\"never-logged\"}", Tokens.SECRET),
                    Tokens.forged("{\"alg\":\"HS256\"", "{\"sub\":\"never-logged\"", Tokens.SECRET),
                    "garbage-that-is-no-token-at-all");
            for (String token : bad) {
                handshakes(token, heard);
            }
            assertEquals(List.of(REFUSED), heard.stream().distinct().toList());
            handshakes(good(60), heard);
            messages(bad, heard);
        } finally {
            log.close();
        }
        List<String> lines = log.lines();
        assertTrue(lines.stream().anyMatch(line -> line.contains("refused a token: ")), "nothing was captured");
        assertTrue(lines.stream().anyMatch(line -> line.contains("refused by the authenticator")));
        for (String token : shown) {
            for (String secret : secretsOf(token)) {
                for (List<String> texts : List.of(lines, heard, told)) {
                    assertFalse(
                            texts.stream().anyMatch(text -> text.contains(secret)),
                            () -> texts.stream()
                                            .filter(text -> text.contains(secret))
                                            .findFirst() + " tells of " + token);
                }
            }
        }
    }

    /** The parts that are nobody's business: all but a header that every token has. */
    private static List<String> secretsOf(String token) {
        List<String> parts = new ArrayList<>(List.of(token.split("\\.")));
        if (parts.size() == 3) {
            parts.remove(0);
        }
        parts.addAll(List.of("never-logged", "seldom-seen"));
        return parts;
    }

    private void handshakes(String token, List<String> heard) throws InterruptedException {
        note(token);
        try (Client query = new Client(node.port(), "?token=" + token, Map.of(), List.of(V1));
                Client cookie = new Client(node.port(), "", Map.of("Cookie", "token=" + token), List.of(V1));
                Client bearer = new Client(node.port(), "", Map.of("Authorization", "Bearer " + token), List.of());
                Client v1 = bySubprotocol(token, V1);
                Client alone = bySubprotocol(token)) {
            for (Client client : List.of(query, cookie, bearer, v1, alone)) {
                heard.add(client.next());
            }
        }
        try (Client foreign = bySubprotocol(token, "signaling.v9", "signaling.token")) {
            assertEquals("1008 subprotocol-refused", foreign.next());
        }
        Handshake handshake = new Handshake(
                Optional.empty(),
                Map.of("cookie", List.of("token=" + token)),
                Map.of("token", List.of(token)),
                List.of(V1, "signaling.token." + token),
                Optional.empty());
        told.add(handshake.toString());
    }

    private void messages(List<String> bad, List<String> heard) throws InterruptedException {
        try (Client ann = bySubprotocol(good(60), V1)) {
            established(ann);
            List<String> tokens = new ArrayList<>(bad);
            tokens.add("x".repeat(9_000) + "too-long");
            tokens.add(good(61));
            for (String token : tokens) {
                note(token);
                ann.send("{\"type\":\"refresh-token\",\"token\":\"" + token + "\"}");
                heard.add(ann.next());
                ann.send("{\"type\":\"join-channel\",\"channel\":\"invited\",\"token\":\"" + token + "\"}");
                heard.add(ann.next());
                ann.send("{\"type\":\"refresh-token\",\"token\":\"" + token + "\"");
                heard.add(ann.next());
            }
            ann.send("{\"type\":\"join-channel\",\"channel\":\"invited\",\"token\":\""
                    + note(hs256(ann().subject("ann").claim("channels", "invited"))) + "\"}");
            heard.add(ann.next());
            assertTrue(heard.get(heard.size() - 1).startsWith("{\"type\":\"joined-channel\""), heard.toString());
            assertTrue(heard.contains("{\"type\":\"token-refreshed\"}"), heard.toString());
        }
    }
}
