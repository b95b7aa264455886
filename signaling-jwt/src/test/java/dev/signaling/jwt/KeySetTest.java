package dev.signaling.jwt;

import static dev.signaling.jwt.Tokens.ann;
import static dev.signaling.jwt.Tokens.rs256;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are fetched, and change. */
class KeySetTest {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration SELDOM = Duration.ofMinutes(4);

    private final AtomicInteger fetched = new AtomicInteger();
    private final HttpServer http;
    private volatile String answer = set(Tokens.RSA);
    private volatile int status = 200;

    KeySetTest() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        http.createContext("/keys", exchange -> {
            fetched.incrementAndGet();
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        http.createContext("/elsewhere", exchange -> {
            byte[] bytes = set(Tokens.RSA).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    private static String set(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/keys");
    }

    private static TokenVerifier verifier(URI address, Duration kept, Duration interval) {
        return Tokens.verifier()
                .algorithms("RS256", "ES256")
                .keySet(address)
                .keySetTimes(kept, interval)
                .build();
    }

    @Test
    void isFetchedOnceForManyTokens() {
        TokenVerifier verifier = verifier(address(), KEPT, OFTEN);
        assertEquals(0, fetched.get());
        for (int i = 0; i < 10; i++) {
            assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
        }
        assertEquals(1, fetched.get());
    }

    @Test
    void aKeyThatIsNotAmongThemIsLookedForAnew() {
        TokenVerifier verifier = verifier(address(), KEPT, OFTEN);
        assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
        answer = set(Tokens.RSA, Tokens.OTHER_RSA);
        assertTrue(verifier.verify(rs256(Tokens.OTHER_RSA, ann())).isPresent(), "the key was rotated");
        assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent(), "the old one is there for a while");
        answer = set(Tokens.OTHER_RSA, Tokens.EC);
        String third = Tokens.es256(ann());
        assertTrue(verifier.verify(third).isPresent());
        assertFalse(verifier.verify(rs256(Tokens.RSA, ann())).isPresent(), "and is gone then");
    }

    @Test
    void strangersCannotHaveItFetchedAsOftenAsTheyLike() {
        TokenVerifier verifier = verifier(address(), KEPT, SELDOM);
        for (int i = 0; i < 100; i++) {
            String unknown = "unknown-" + i;
            assertTrue(verifier.verify(rs256(Tokens.OTHER_RSA, ann(), header -> header.keyID(unknown)))
                    .isEmpty());
        }
        assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent(), "whose key is known is not held up");
        assertTrue(fetched.get() <= 3, () -> fetched.get() + " fetches");
    }

    @Test
    void aKeyThatWasTakenBackIsGoodNoLongerThanKeysAreKept() {
        TokenVerifier verifier = verifier(address(), Duration.ofMillis(50), OFTEN);
        assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
        answer = set(Tokens.OTHER_RSA);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> verifier.verify(rs256(Tokens.RSA, ann())).isEmpty());
        assertTrue(verifier.verify(rs256(Tokens.OTHER_RSA, ann())).isPresent());
    }

    @Test
    void isReadFromAFileThatChanges(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("keys.json"), set(Tokens.RSA));
        TokenVerifier verifier = verifier(file.toUri(), KEPT, OFTEN);
        assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
        assertFalse(verifier.verify(rs256(Tokens.OTHER_RSA, ann())).isPresent());
        Files.writeString(file, set(Tokens.OTHER_RSA));
        assertTrue(verifier.verify(rs256(Tokens.OTHER_RSA, ann())).isPresent());
        assertFalse(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
    }

    @Test
    void whatCannotBeFetchedLetsNobodyIn() {
        String[] answers = {"", "{", "{\"keys\":7}", "<html>", set(Tokens.RSA) + " ".repeat(KeyFetch.MOST_BYTES)};
        for (String bad : answers) {
            answer = bad;
            assertFalse(verifier(address(), KEPT, OFTEN)
                    .verify(rs256(Tokens.RSA, ann()))
                    .isPresent());
        }
        answer = set(Tokens.RSA);
        for (int refusal : new int[] {404, 500, 302, 307}) {
            status = refusal;
            assertFalse(verifier(address(), KEPT, OFTEN)
                    .verify(rs256(Tokens.RSA, ann()))
                    .isPresent());
        }
        URI nobody = URI.create("http://127.0.0.1:9/keys");
        assertFalse(
                verifier(nobody, KEPT, OFTEN).verify(rs256(Tokens.RSA, ann())).isPresent());
    }

    @Test
    void itIsThereAgainAfterAFailure() {
        TokenVerifier verifier = verifier(address(), KEPT, OFTEN);
        status = 503;
        assertFalse(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
        status = 200;
        await().atMost(Duration.ofSeconds(10))
                .until(() -> verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
    }

    /** A secret in there would be one that everybody can read. */
    @Test
    void secretsInASetAreNoKeys() {
        answer = set(new OctetSequenceKey.Builder(Tokens.SECRET).keyID("one").build(), Tokens.RSA);
        TokenVerifier verifier = verifier(address(), KEPT, OFTEN);
        assertFalse(verifier.verify(Tokens.hs256(ann())).isPresent());
        assertFalse(verifier.verify(
                        Tokens.forged("{\"alg\":\"HS256\",\"kid\":\"one\"}", "{\"exp\":9999999999}", Tokens.SECRET))
                .isPresent());
        assertTrue(verifier.verify(rs256(Tokens.RSA, ann())).isPresent());
    }

    /** A server that sends a little every now and then would else hold a thread for as long as it likes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", // and then blanks, which are of the body
                "HTTP/1.1 200 OK\r\nX-Much:", // or of a header
                "HTTP/1.1" // or of the first line
            })
    void aSlowAnswerIsGivenUp(String beginning) throws Exception {
        Thread trickle;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            trickle = new Thread(() -> trickle(listener, beginning));
            trickle.start();
            URL slow = new URL("http://127.0.0.1:" + listener.getLocalPort() + "/keys");
            long begin = System.nanoTime();
            assertThrows(IOException.class, () -> new KeyFetch(Duration.ofMillis(300)).retrieveResource(slow));
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(4).toNanos());
            await().atMost(Duration.ofSeconds(10)).until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals(KeyFetch.THREAD)));
        }
        trickle.join(10_000);
        assertFalse(trickle.isAlive());
    }

    private static void trickle(ServerSocket listener, String beginning) {
        try (Socket socket = listener.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(beginning.getBytes(UTF_8));
            while (!listener.isClosed()) {
                out.write(' ');
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        } catch (IOException e) {
            // given up
        }
    }
}
