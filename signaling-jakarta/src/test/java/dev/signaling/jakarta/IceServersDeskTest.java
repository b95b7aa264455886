package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SharedSecretTurn;
import dev.signaling.SignalingHub;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceServersDeskTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ANNS =
            "{\"iceServers\":[{\"urls\":[\"stun:h\"]},{\"urls\":[\"turn:h\"],\"username\":\"1767229200:ann\","
                    + "\"credential\":\"n88NbElL9GakolrNH9uw7P0p09E=\"}],\"ttl\":3600}";

    private final AtomicLong nanos = new AtomicLong();
    private final List<Handshake> asked = new ArrayList<>();
    private IceServers servers = SharedSecretTurn.builder()
            .stun("stun:h")
            .turn("turn:h")
            .secret("north")
            .clock(() -> NOW)
            .build();
    private OriginPolicy origins = OriginPolicy.sameHost();

    private SignalingServer server() {
        return SignalingServer.builder(SignalingHub.builder()
                        .iceServers(servers)
                        .limits(Limits.builder()
                                .iceRequestsPerSecond(1)
                                .iceRequestBurst(2)
                                .build())
                        .build())
                .origins(origins)
                .proxies("10.0.0.0/8")
                .authenticator(handshake -> {
                    asked.add(handshake);
                    return handshake
                            .header("Authorization")
                            .map(name -> name.equals("nobody")
                                    ? Authentication.forbidden()
                                    : Authentication.granted(Identity.of(name)))
                            .orElse(Authentication.unauthenticated());
                })
                .time(Duration.ofSeconds(1), nanos::get)
                .build();
    }

    private static Handshake from(String address, String... headers) {
        Map<String, List<String>> all =
                new TreeMap<>(Map.of("Host", List.of("example.org"), "Authorization", List.of("ann")));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new Handshake(Optional.empty(), all, Map.of(), List.of(), Optional.of(address));
    }

    private IceServersResponse get(String... headers) {
        return server().iceServers("GET", from("192.0.2.7", headers));
    }

    @Test
    void tellsWhoIsLetIn() {
        IceServersResponse answer = get();
        assertEquals(200, answer.status());
        assertEquals(ANNS, answer.body());
        assertEquals(
                Map.of(
                        "Content-Type", "application/json",
                        "Cache-Control", "no-store",
                        "X-Content-Type-Options", "nosniff",
                        "Vary", "Origin"),
                answer.headers());
        assertEquals("IceServersResponse[status=200]", answer.toString());
    }

    @Test
    void fitsWhatTheProtocolSaysOfThem() {
        String asMessage = "{\"type\":\"ice-servers\"," + get().body().substring(1);
        Schemas.v1().requireFromServer(asMessage);
        servers = IceServers.of();
        assertEquals("{\"iceServers\":[]}", get().body());
    }

    @Test
    void refusesWhomTheAuthenticatorRefuses() {
        SignalingServer server = server();
        Handshake unknown = new Handshake(
                Optional.empty(),
                Map.of("Host", List.of("example.org")),
                Map.of(),
                List.of(),
                Optional.of("192.0.2.7"));
        IceServersResponse answer = server.iceServers("GET", unknown);
        assertEquals(401, answer.status());
        assertEquals("Signaling", answer.headers().get("WWW-Authenticate"));
        assertEquals("authentication-refused\n", answer.body());
        assertEquals("no-store", answer.headers().get("Cache-Control"));
        assertEquals(403, get("Authorization", "nobody").status());
    }

    @Test
    void saysWhenThereAreNone() {
        servers = IceServers.none();
        IceServersResponse answer = get();
        assertEquals(404, answer.status());
        assertEquals("no-ice-servers\n", answer.body());
        assertEquals(List.of(), asked, "nobody need say who he is for that");
    }

    @Test
    void saysWhenTheyCannotBeHad() {
        servers = (identity, peer) -> {
            throw new IllegalStateException("hush");
        };
        IceServersResponse answer = get();
        assertEquals(503, answer.status());
        assertEquals("10", answer.headers().get("Retry-After"));
        assertFalse(answer.body().contains("hush"));
    }

    @Test
    void anAddressMayNotAskTooOften() {
        SignalingServer server = server();
        Handshake ann = from("192.0.2.7");
        assertEquals(200, server.iceServers("GET", ann).status());
        assertEquals(200, server.iceServers("HEAD", ann).status());
        IceServersResponse tooMany = server.iceServers("GET", ann);
        assertEquals(429, tooMany.status());
        assertEquals("1", tooMany.headers().get("Retry-After"));
        assertEquals(2, asked.size(), "nor be asked who it is");
        assertEquals(
                429,
                server.iceServers("GET", from("10.0.0.1", "X-Forwarded-For", "192.0.2.7"))
                        .status(),
                "by way of a proxy neither");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(200, server.iceServers("GET", ann).status());
        assertEquals(Optional.of("192.0.2.7"), asked.get(0).remoteAddress());
    }

    /** Those that it makes its visitors ask do not count against them. */
    @Test
    void aStrangersPageUsesUpNothing() {
        SignalingServer server = server();
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    403,
                    server.iceServers("GET", from("192.0.2.7", "Origin", "https://evil.example"))
                            .status());
        }
        assertEquals(200, server.iceServers("GET", from("192.0.2.7")).status());
    }

    @ParameterizedTest
    @CsvSource({
        // a page that is told by its origin
        "https://example.org, '', 200",
        "http://example.org, '', 200",
        "https://evil.example, '', 403",
        "null, '', 403",
        "'https://example.org, https://evil.example', '', 403",
        // one that its browser tells of, or a program, which tells nothing
        "'', '', 200",
        "'', same-origin, 200",
        "'', none, 200",
        "'', cross-site, 403",
        "'', same-site, 403",
        "https://evil.example, same-origin, 403",
    })
    void isForPagesThatMayConnect(String origin, String site, int status) {
        List<String> headers = new ArrayList<>();
        if (!origin.isEmpty()) {
            headers.addAll(List.of("Origin", origin));
        }
        if (!site.isEmpty()) {
            headers.addAll(List.of("Sec-Fetch-Site", site));
        }
        assertEquals(status, get(headers.toArray(String[]::new)).status());
    }

    /** It sends no origin, but its browser says that it is of the same one. */
    @Test
    void aPageOfTheSameOriginIsAPage() {
        for (OriginPolicy pages : List.of(OriginPolicy.sameHost(), OriginPolicy.anyOf("https://example.org"))) {
            origins = OriginPolicy.onlyPages(pages);
            assertEquals(200, get("Sec-Fetch-Site", "same-origin").status());
            assertEquals(403, get().status(), "a program");
            assertEquals(403, get("Sec-Fetch-Site", "cross-site").status());
        }
        origins = OriginPolicy.onlyPages(OriginPolicy.anyOf("https://elsewhere.example"));
        assertEquals(403, get("Sec-Fetch-Site", "same-origin").status());
    }

    @Test
    void aPageOfAnotherOriginThatMayConnectMayReadTheAnswer() {
        origins = OriginPolicy.anyOf("https://pages.example");
        IceServersResponse answer = get("Origin", "https://pages.example");
        assertEquals("https://pages.example", answer.headers().get("Access-Control-Allow-Origin"));
        assertEquals("true", answer.headers().get("Access-Control-Allow-Credentials"));
        assertEquals("Origin", answer.headers().get("Vary"));
        servers = IceServers.none();
        assertEquals(
                "https://pages.example",
                get("Origin", "https://pages.example").headers().get("Access-Control-Allow-Origin"),
                "also that there are none");
        IceServersResponse refused = get("Origin", "https://evil.example");
        assertFalse(refused.headers().containsKey("Access-Control-Allow-Origin"), refused.headers()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example, https://b.example", "a\r\nSet-Cookie: x", "*", "https://a.example/"})
    void whatIsNoOriginStandsInNoHeader(String origin) {
        origins = OriginPolicy.anyone();
        IceServersResponse answer = get("Origin", origin);
        assertEquals(200, answer.status());
        assertFalse(answer.headers().containsKey("Access-Control-Allow-Origin"), answer.headers()::toString);
    }

    @Test
    void aBrowserMayAskFirst() {
        origins = OriginPolicy.anyOf("https://pages.example");
        SignalingServer server = server();
        String[] headers = {
            "Origin", "https://pages.example",
            "Access-Control-Request-Method", "GET",
            "Access-Control-Request-Headers", "authorization"
        };
        for (int i = 0; i < 10; i++) {
            IceServersResponse answer = server.iceServers("OPTIONS", from("192.0.2.7", headers));
            assertEquals(204, answer.status());
            assertEquals("Authorization", answer.headers().get("Access-Control-Allow-Headers"));
            assertTrue(answer.headers()
                    .getOrDefault("Access-Control-Allow-Methods", "")
                    .contains("GET"));
            assertEquals("https://pages.example", answer.headers().get("Access-Control-Allow-Origin"));
            assertEquals("true", answer.headers().get("Access-Control-Allow-Credentials"));
        }
        assertEquals(List.of(), asked);
        headers[1] = "https://evil.example";
        assertEquals(
                403, server.iceServers("OPTIONS", from("192.0.2.7", headers)).status());
        IceServersResponse bare = server.iceServers("OPTIONS", from("192.0.2.7"));
        assertEquals(204, bare.status());
        assertEquals("GET, HEAD, OPTIONS", bare.headers().get("Allow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "TRACE", "get", "PROPFIND", ""})
    void takesNoOtherMethod(String method) {
        IceServersResponse answer = server().iceServers(method, from("192.0.2.7"));
        assertEquals(405, answer.status());
        assertEquals("GET, HEAD, OPTIONS", answer.headers().get("Allow"));
        assertEquals(List.of(), asked);
    }

    @Test
    void aHeadHasNoBody() {
        IceServersResponse answer = server().iceServers("HEAD", from("192.0.2.7"));
        assertEquals(200, answer.status());
        assertEquals("", answer.body());
        assertEquals("application/json", answer.headers().get("Content-Type"));
    }

    @Test
    void anAuthenticatorOrPolicyThatThrowsHasRefused() {
        origins = (origin, host) -> {
            throw new IllegalStateException("the policy");
        };
        assertEquals(403, get().status());
        SignalingServer server = SignalingServer.builder(
                        SignalingHub.builder().iceServers(servers).build())
                .authenticator(handshake -> {
                    throw new IllegalStateException("the authenticator");
                })
                .build();
        assertEquals(403, server.iceServers("GET", from("192.0.2.7")).status());
    }
}
