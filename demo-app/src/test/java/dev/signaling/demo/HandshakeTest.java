package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests become a WebSocket and which do not (RFC 6455, section 4.2). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HandshakeTest {

    private static final String LINE = "GET /signal HTTP/1.1";

    private final DemoServer server;

    HandshakeTest() throws IOException {
        SignalingServer signaling = SignalingServer.of(SignalingHub.ofDefaults());
        server = DemoServer.start("127.0.0.1", 0, OriginPolicy.anyone(), signaling);
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Key: ",
                "Sec-WebSocket-Key: c2hvcnQ=",
                "Connection: close",
                "Content-Length: 5",
                "Transfer-Encoding: chunked"
            })
    void aFaultyHeaderIsABadRequest(String header) {
        assertEquals("HTTP/1.1 400 Bad Request", status(WireClient.upgrade(LINE, header)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /signal HTTP/1.1",
                "GET /signal HTTP/1.0",
                "GET /signal?a=%zz HTTP/1.1",
                "GET /signal?a=^ HTTP/1.1",
                "GET /sig{nal HTTP/1.1"
            })
    void aFaultyFirstLineIsABadRequest(String line) {
        assertEquals("HTTP/1.1 400 Bad Request", status(WireClient.upgrade(line)));
    }

    @Test
    void aFrameBeforeTheAnswerIsABadRequest() {
        byte[] both = WireClient.together(
                WireClient.upgrade(LINE), WireClient.frame(WireClient.FINAL | WireClient.PING, new byte[0]));
        assertEquals("HTTP/1.1 400 Bad Request", status(both));
    }

    @Test
    void anotherVersionIsToldWhichOneItMayBe() {
        String answer = answer(WireClient.upgrade(LINE, "Sec-WebSocket-Version: 12"));
        assertEquals("HTTP/1.1 426 Upgrade Required", answer.lines().findFirst().orElseThrow());
        assertTrue(answer.contains("\r\nSec-WebSocket-Version: 13\r\n"), answer);
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertEquals("HTTP/1.1 404 Not Found", status(WireClient.upgrade("GET /nowhere HTTP/1.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {LINE, "GET /signal?a=b&c HTTP/1.1", "GET / HTTP/1.1", "GET http://127.0.0.1/signal HTTP/1.1"})
    void aProperOneIsAnswered(String line) {
        assertEquals("HTTP/1.1 101 Switching Protocols", status(WireClient.upgrade(line)));
    }

    @Test
    void theSubprotocolIsAgreedOn() {
        String asked = "Sec-WebSocket-Protocol: signaling.v2, signaling.v1";
        String answer = answer(WireClient.upgrade(LINE, asked));
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nsec-websocket-protocol: signaling.v1\r\n"), answer);
        assertFalse(answer(WireClient.upgrade(LINE)).toLowerCase(Locale.ROOT).contains("sec-websocket-protocol"));
    }

    @Test
    void subprotocolsThatNobodyKnowsAreABadRequest() {
        assertEquals(
                "HTTP/1.1 400 Bad Request",
                status(WireClient.upgrade(LINE, "Sec-WebSocket-Protocol: signaling.v2, other")));
    }

    private String status(byte[] request) {
        return answer(request).lines().findFirst().orElseThrow();
    }

    private String answer(byte[] request) {
        try (WireClient client = new WireClient(server.port())) {
            return client.request(request);
        }
    }
}
