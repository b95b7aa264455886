package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signaling.SignalingHub;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** T24: a page of another origin does not get in. */
class OriginOverTyrusTest {

    private final SignalingServer server = SignalingServer.of(SignalingHub.ofDefaults());

    @AutoClose
    private final TyrusNode node = TyrusNode.start(container -> {
        server.register(container, "/signal");
        SignalingServer.builder(server.hub())
                .origins(OriginPolicy.anyOf("https://example.org", "http://[2001:db8::1]:8080"))
                .build()
                .register(container, "/listed");
        SignalingServer.builder(server.hub())
                .origins(OriginPolicy.onlyPages(OriginPolicy.matching(origin -> origin.endsWith(".example.org"))))
                .build()
                .register(container, "/matching");
        SignalingServer.builder(server.hub())
                .origins((origin, host) -> {
                    throw new IllegalStateException("a policy with a fault");
                })
                .build()
                .register(container, "/faulty");
    });

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> server.hub().connections() + server.sessions() == 0);
    }

    private SocketPeer open(String origin) {
        return SocketPeer.open(node.port(), "/signal", "Origin: " + origin);
    }

    private String own() {
        return "http://127.0.0.1:" + node.port();
    }

    @Test
    void letsAPageOfTheSameHostIn() {
        try (SocketPeer page = open(own())) {
            assertEquals(ESTABLISHED, page.next());
        }
    }

    private void refuses(String path, String... headers) {
        try (SocketPeer page = SocketPeer.open(node.port(), path, headers)) {
            page.join("stream-video");
            assertEquals("1008 origin-refused", page.ending(), () -> String.join(", ", headers));
        }
    }

    private void letsIn(String path, String... headers) {
        try (SocketPeer page = SocketPeer.open(node.port(), path, headers)) {
            assertEquals(ESTABLISHED, page.next(), () -> String.join(", ", headers));
        }
    }

    @Test
    void letsInWhatIsNoPage() {
        letsIn("/signal");
        letsIn("/listed");
    }

    @Test
    void twoOriginsAreNone() {
        String evil = "Origin: http://evil.example";
        refuses("/signal", "Origin: " + own(), evil);
        refuses("/signal", evil, "Origin: " + own());
        refuses("/signal", "Origin: " + own() + ", http://evil.example");
        refuses("/signal", "Origin: " + own(), "Origin: " + own());
        refuses("/listed", "Origin: https://example.org", evil);
    }

    @Test
    void lookAlikesAreStrangers() {
        for (String page : new String[] {
            "http://127.0.0.1.:" + node.port(),
            "http://127.0.0.1@evil.example:" + node.port(),
            "http://evil.example@127.0.0.1:" + node.port(),
            "http://[::ffff:127.0.0.1]:" + node.port(),
            "http://2130706433:" + node.port(),
            "https://127.0.0.1",
            "http://127.0.0.1:" + (node.port() + 1),
            own() + "/",
            "http://" + "a".repeat(4_000) + ".example"
        }) {
            refuses("/signal", "Origin: " + page);
        }
    }

    @Test
    void theHostThatThePageAskedForIsCompared() {
        for (String[] same : new String[][] {
            {"http://[::1]:8080", "[::1]:8080"},
            {"http://example.org", "EXAMPLE.org:80"},
            {"https://example.org", "example.org"},
            {"http://example.org.", "example.org."},
            {"http://xn--bcher-kva.example", "xn--bcher-kva.example"}
        }) {
            try (SocketPeer page = SocketPeer.tcp(node.port())) {
                page.handshake("/signal", same[1], "Origin: " + same[0]);
                assertEquals(ESTABLISHED, page.next(), same[0]);
            }
        }
        try (SocketPeer page = SocketPeer.tcp(node.port())) {
            page.handshake("/signal", "example.org:8080", "Origin: http://example.org");
            assertEquals("1008 origin-refused", page.ending());
        }
    }

    @Test
    void aListOrAPredicateTakesThePlaceOfTheHost() {
        letsIn("/listed", "Origin: HTTPS://EXAMPLE.org:443");
        letsIn("/listed", "Origin: http://[2001:db8::1]:8080");
        for (String stranger : new String[] {own(), "null", "http://example.org", "https://example.org."}) {
            refuses("/listed", "Origin: " + stranger);
        }
        letsIn("/matching", "Origin: https://a.example.org");
        refuses("/matching", "Origin: https://example.org.evil.example");
        refuses("/matching");
    }

    @Test
    void closesAStrangersPageBeforeItsFirstMessage() {
        for (String origin :
                new String[] {"http://evil.example", "null", "http://127.0.0.1", own() + ".evil.example"}) {
            try (SocketPeer page = open(origin)) {
                page.join("stream-video");
                AssertionError noText = assertThrows(AssertionError.class, page::next);
                assertEquals("no text but 1008 origin-refused", noText.getMessage());
            }
        }
        assertEquals(0, server.hub().connections());
    }

    @Test
    void refusesWhenThePolicyThrows() {
        try (SocketPeer client = SocketPeer.open(node.port(), "/faulty")) {
            assertEquals("1008 origin-refused", client.ending());
        }
    }

    /** The verdict on one handshake must not be taken for that on another one. */
    @Test
    void tellsHandshakesApartThatComeAtOnce() throws Exception {
        ExecutorService pages = Executors.newFixedThreadPool(4);
        try {
            Stream<Callable<String>> handshakes = IntStream.range(0, 200).mapToObj(i -> () -> {
                try (SocketPeer page = open(i % 2 == 0 ? own() : "http://evil.example")) {
                    return i % 2 == 0 ? page.next() : page.ending();
                }
            });
            var outcomes = pages.invokeAll(handshakes.toList());
            for (int i = 0; i < outcomes.size(); i++) {
                assertEquals(
                        i % 2 == 0 ? ESTABLISHED : "1008 origin-refused",
                        outcomes.get(i).get());
            }
        } finally {
            pages.shutdownNow();
        }
    }
}
