package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SharedSecretTurn;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.SignalingServer;
import dev.signaling.spi.IceServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ICE servers over plain HTTP, as a page asks for them. */
class IceServersPageTest {

    private static final String SERVERS =
            "\\{\"iceServers\":\\[\\{\"urls\":\\[\"stun:stun\\.example\\.org\"]},\\{\"urls\":\\[\"turn:turn\\.example\\.org\"],"
                    + "\"username\":\"\\d+:[^\"]+\",\"credential\":\"[^\"]+=\"}],\"ttl\":3600}";

    private static DemoServer start(IceServers iceServers) throws IOException {
        SignalingHub hub = SignalingHub.builder().iceServers(iceServers).build();
        DemoOrigins origins = new DemoOrigins("127.0.0.1", List.of());
        SignalingServer signaling =
                SignalingServer.builder(hub).origins(origins).build();
        return DemoServer.start("127.0.0.1", 0, origins, signaling);
    }

    private static IceServers some() {
        return SharedSecretTurn.builder()
                .stun("stun:stun.example.org")
                .turn("turn:turn.example.org")
                .secret("hush-hush")
                .build();
    }

    private static HttpResponse<String> ask(DemoServer server, String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url()).resolve(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signal/ice-servers", "/ice-servers"})
    void areToldBesideBothEndpoints(String path) throws Exception {
        DemoServer server = start(some());
        try {
            HttpResponse<String> answer = ask(server, "GET", path, "Sec-Fetch-Site", "same-origin");
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().matches(SERVERS), answer.body());
            assertFalse(answer.body().contains("hush"), answer.body());
            assertEquals("application/json", header(answer, "Content-Type"));
            assertEquals("no-store", header(answer, "Cache-Control"));
            assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
            assertEquals("", ask(server, "HEAD", path).body());
        } finally {
            server.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, Origin, http://evil.example, 403",
        "GET, Sec-Fetch-Site, cross-site, 403",
        "GET, Origin, http://localhost:5500, 200",
        "OPTIONS, Access-Control-Request-Method, GET, 204",
        "POST, Accept, */*, 405",
        "BREW, Accept, */*, 405"
    })
    void areToldToWhoMayConnectAlone(String method, String name, String value, int status) throws Exception {
        DemoServer server = start(some());
        try {
            HttpResponse<String> answer = ask(server, method, "/signal/ice-servers", name, value);
            assertEquals(status, answer.statusCode());
            assertEquals(status == 200, answer.body().contains("credential"), answer.body());
            assertEquals(
                    status == 200 ? value.toLowerCase(Locale.ROOT) : "none",
                    header(answer, "Access-Control-Allow-Origin"));
            assertEquals(status == 405 ? "GET, HEAD, OPTIONS" : "none", header(answer, "Allow"));
        } finally {
            server.stop();
        }
    }

    /** What the demo has without options; a red line in the console of everybody who learns from it helps nobody. */
    @Test
    void areNoErrorWhereThereAreNone() throws Exception {
        DemoServer server = start(IceServers.of());
        try {
            HttpResponse<String> answer = ask(server, "GET", "/signal/ice-servers");
            assertEquals("200 {\"iceServers\":[]}", answer.statusCode() + " " + answer.body());
        } finally {
            server.stop();
        }
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
