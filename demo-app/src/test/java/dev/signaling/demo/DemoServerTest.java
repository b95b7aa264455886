package dev.signaling.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.SignalingServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages, and the doors to the signaling beside them. */
class DemoServerTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final DemoServer SERVER = start();

    private static DemoServer start() {
        try {
            return DemoServer.start(
                    "127.0.0.1",
                    0,
                    new DemoOrigins("127.0.0.1", List.of()),
                    SignalingServer.of(SignalingHub.ofDefaults()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(SERVER.url()).resolve(path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html, <!doctype html>",
        "/index.html, text/html, <!doctype html>",
        "/step1/, text/html, <video",
        "/step2/streamer.html, text/html, <video",
        "/step3/index.html, text/html, <video",
        "/assets/style.css, text/css, {",
        "/assets/icon.svg, image/svg+xml, <svg",
        "/signaling/signal-server.js, text/javascript, class SignalServer",
        "/live/, text/html, <form",
        "/live/amber-otter-42, text/html, <video",
        "/live/caf%C3%A9%20%26%20tea, text/html, <video",
        "/live/room.html, text/html, <video",
        "/qr.svg?text=https%3A%2F%2Fexample.org%2F, image/svg+xml, <svg",
        "/origins.json, application/json, []"
    })
    void servesThePagesWithTheirHeaders(String path, String type, String content) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertEquals(200, answer.statusCode());
        String contentType = answer.headers().firstValue("Content-Type").orElse("none");
        assertTrue(
                contentType.replace("application/javascript", "text/javascript").startsWith(type), contentType);
        assertTrue(
                answer.body().toLowerCase(java.util.Locale.ROOT).contains(content.toLowerCase(java.util.Locale.ROOT)));
        assertSafe(answer);
    }

    private static void assertSafe(HttpResponse<?> answer) {
        String policy = answer.headers().firstValue("Content-Security-Policy").orElse("none");
        assertTrue(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), policy);
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse("none"));
        assertEquals(
                "no-referrer", answer.headers().firstValue("Referrer-Policy").orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/nothing.html",
                "/signal",
                "/signaling",
                "/signaling/",
                "/step1/nothing.js",
                "/dev/signaling/demo/DemoApp.class",
                "/META-INF/MANIFEST.MF",
                "/pages/index.html",
                "/%00",
                "/%3Cscript%3Ealert(1)%3C/script%3E"
            })
    void hasNothingElse(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, path + ": " + answer.statusCode());
        assertFalse(answer.body().contains("<script>"), answer.body());
        assertTrue(answer.body().length() < 40, answer.body());
        assertSafe(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/a%2Fb", "/live/a/b", "/live/__proto__", "/live/a%00b", "/live/a%0Ab"})
    void saysInWordsThatThereCanBeNoSuchRoom(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertEquals(404, answer.statusCode());
        assertTrue(answer.body().contains("There can be no room of this name"), answer.body());
        assertSafe(answer);
    }

    @Test
    void boundsTheNamesOfRooms() throws Exception {
        assertEquals(200, ask("GET", "/live/" + "x".repeat(123)).statusCode());
        assertEquals(404, ask("GET", "/live/" + "x".repeat(124)).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/qr.svg", "/qr.svg?text=", "/qr.svg?other=x"})
    void drawsNothingWithoutAText(String path) throws Exception {
        assertEquals(400, ask("GET", path).statusCode());
        assertEquals(400, ask("GET", "/qr.svg?text=" + "x".repeat(801)).statusCode());
    }

    /** As they are, which an ordinary client would not send. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../dev/signaling/demo/DemoApp.class",
                "/assets/../../dev/signaling/demo/DemoApp.class",
                "/..%2fdev/signaling/demo/DemoApp.class",
                "/%zz",
                "/a%",
                "/%2e%2e/dev/signaling/demo/DemoApp.class",
                "/..%5cdev%5csignaling%5cdemo%5cDemoApp.class",
                "/assets/%2e%2e/%2e%2e/dev/signaling/demo/DemoApp.class",
                "/../../../../../../../../etc/passwd",
                "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "//etc/passwd",
                "/signaling/../../MANIFEST.MF",
                "http://example.org/../etc/passwd"
            })
    void letsNobodyClimbOutOfThePages(String path) {
        try (WireClient client = new WireClient(SERVER.port())) {
            String head = client.request(bytes("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
            assertTrue(head.startsWith("HTTP/1.1 4"), head);
            String body = client.rest();
            assertTrue(body.length() < 40, body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/step1", "/step2", "/step3", "/live"})
    void sendsWhoForgotTheSlashToThePage(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertEquals(301, answer.statusCode());
        assertEquals(path + "/", answer.headers().firstValue("Location").orElse("none"));
    }

    @Test
    void answersHeadWithTheHeadersOfGet() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/");
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        for (String name : List.of("Content-Type", "Content-Length")) {
            assertEquals(
                    ask("GET", "/").headers().firstValue(name), head.headers().firstValue(name));
        }
        assertSafe(head);
        assertEquals(404, ask("HEAD", "/nothing").statusCode());
        assertEquals(200, ask("HEAD", "/live/amber-otter-42").statusCode());
        assertEquals("", ask("HEAD", "/qr.svg?text=x").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
    void refusesOtherMethods(String method) {
        for (String path : List.of("/", "/live/amber-otter-42", "/qr.svg?text=x")) {
            refusesOtherMethods(method, path);
        }
    }

    private static void refusesOtherMethods(String method, String path) {
        try (WireClient client = new WireClient(SERVER.port())) {
            String head = client.request(bytes(
                    method + " " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            assertTrue(head.startsWith("HTTP/1.1 405"), head);
            assertTrue(head.contains("Allow: GET, HEAD"), head);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signal", "/", "/signal?room=1"})
    void hasSignalingAt(String path) {
        try (WireClient client = new WireClient(SERVER.port())) {
            assertEquals("HTTP/1.1 101 Switching Protocols", client.handshake(path));
            assertEquals("{\"type\":\"connection-established\"}", client.next());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, Upgrade: websocket, 404",
        "/signal/x, Upgrade: websocket, 404",
        "/signal, Origin: http://evil.example, 403",
        "/, Origin: null, 403",
        "/signal, Sec-WebSocket-Version: 8, 4",
        "/signal%zz, Upgrade: websocket, 4"
    })
    void refusesAHandshake(String path, String header, String status) {
        try (WireClient client = new WireClient(SERVER.port())) {
            String answer = client.handshake(path, header);
            assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
            assertFalse(client.rest().contains("Exception"));
        }
    }

    @Test
    void letsAPageOfAnotherServerOnLoopbackIn() {
        try (WireClient client = new WireClient(SERVER.port())) {
            assertEquals("HTTP/1.1 101 Switching Protocols", client.handshake("/", "Origin: http://localhost:5500"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u0016\u0003\u0001\u0002\u0000"})
    void goesOnAfterWhatIsNoRequest(String bytes) throws Exception {
        try (WireClient client = new WireClient(SERVER.port())) {
            client.write(bytes(bytes));
        }
        assertEquals(200, ask("GET", "/").statusCode());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
