package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Terms;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V1: which format is spoken, by the subprotocols that the client asks for (RFC 6455, sections 4.1 and 4.2.2). */
class NegotiationOverTyrusTest {

    private final SignalingServer server = SignalingServer.builder(SignalingHub.ofDefaults())
            .dialect("shouting.v1", new Shouting())
            .build();

    @AutoClose
    private final TyrusNode node = TestServerProvider.with(
            server,
            () -> TyrusNode.start(container -> {
                container.addEndpoint(HostsEndpoint.class);
                server.register(container, "/registered");
            }));

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> server.hub().connections() + server.sessions() == 0);
    }

    private static Stream<String> paths() {
        return Stream.of("/signal", "/registered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signaling.v1 | signaling.v1",
                "signaling.v2, signaling.v1 | signaling.v1",
                "x,signaling.v1,y | signaling.v1",
                "shouting.v1 | shouting.v1",
                "shouting.v1, signaling.v1 | shouting.v1",
                "signaling.v1, shouting.v1 | signaling.v1"
            })
    void takesTheFirstThatItKnows(String asked, String agreed) {
        for (String path : paths().toList()) {
            try (SocketPeer peer = SocketPeer.tcp(node.port())) {
                List<String> answer = peer.handshake(path, "127.0.0.1", "Sec-WebSocket-Protocol: " + asked);
                assertEquals(
                        List.of(agreed),
                        answer.stream()
                                .filter(line ->
                                        line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-protocol:"))
                                .map(line ->
                                        line.substring(line.indexOf(':') + 1).strip())
                                .toList());
                String greeting = peer.next();
                assertTrue(
                        agreed.equals("shouting.v1")
                                ? greeting.startsWith("CONNECTION")
                                : greeting.contains("\"heartbeat\":5000"),
                        greeting);
            }
        }
    }

    @Test
    void speaksTheTutorialsFormatWithWhoAsksForNone() {
        for (String path : paths().toList()) {
            try (SocketPeer peer = SocketPeer.tcp(node.port())) {
                List<String> answer = peer.handshake(path, "127.0.0.1");
                assertTrue(answer.stream().noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT)
                        .startsWith("sec-websocket-protocol")));
                assertEquals(TutorialStory.ESTABLISHED, peer.next());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signaling.v2", "Signaling.v1", "a, b", "signaling.v11"})
    void closesWhoAsksForOthersOnlyBeforeTheFirstMessage(String asked) {
        for (String path : paths().toList()) {
            SocketPeer peer = SocketPeer.open(node.port(), path, "Sec-WebSocket-Protocol: " + asked);
            AssertionError noText = assertThrows(AssertionError.class, peer::next);
            assertEquals("no text but 1008 subprotocol-refused", noText.getMessage());
            peer.close();
        }
        assertEquals(0, server.hub().connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "Zo\u00eb", "a\nb", "\"a\""})
    void takesNoDialectForWhatCanBeNoSubprotocol(String name) {
        SignalingServer.Builder builder = SignalingServer.builder(SignalingHub.ofDefaults());
        assertThrows(IllegalArgumentException.class, () -> builder.dialect(name, new Shouting()));
    }

    /** A host's own: signaling.v1 in capitals. */
    private static final class Shouting implements Dialect {

        private final Dialect quiet = new SignalingV1Dialect(Limits.defaults());

        @Override
        public Terms terms() {
            return Terms.MANY_CHANNELS;
        }

        @Override
        public ClientMessage decode(String text) throws MalformedMessageException {
            return quiet.decode(text);
        }

        @Override
        public Optional<String> encode(ServerMessage message) {
            return Optional.of("CONNECTION " + quiet.encode(message).orElseThrow());
        }
    }
}
