package dev.signaling.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.SignalingServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Pages over https and signaling over wss, by one who trusts the certificate. */
class TlsTest {

    private static final char[] PASSWORD = "secret".toCharArray();

    private final SignalingServer signaling = SignalingServer.of(SignalingHub.ofDefaults());
    private KeyStore keys = SelfSigned.keyStore(Set.of(), List.of(), PASSWORD);
    private @Nullable DemoServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        keys = SelfSigned.keyStore(Addresses.names(), Addresses.loopback(), PASSWORD);
        Path file = folder.resolve("keys.p12");
        try (OutputStream stream = Files.newOutputStream(file)) {
            keys.store(stream, PASSWORD);
        }
        Path secret = Files.writeString(folder.resolve("password"), "secret\nmore\n");
        TlsOptions options = new TlsOptions();
        new CommandLine(CommandSpec.create().addMixin("tls", CommandSpec.forAnnotatedObject(options)))
                .parseArgs("--keystore", file.toString(), "--keystore-password-file", secret.toString());
        Optional<SSLContext> tls = options.context("127.0.0.1");
        assertTrue(tls.isPresent());
        server = DemoServer.start("127.0.0.1", 0, tls, new DemoOrigins("127.0.0.1", List.of()), signaling);
    }

    @AfterEach
    void stop() {
        server().stop();
    }

    private DemoServer server() {
        DemoServer started = server;
        if (started == null) {
            throw new AssertionError("not started");
        }
        return started;
    }

    private HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("demo", keys.getCertificate("demo"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @Test
    void servesPagesToWhoTrustsIt() throws Exception {
        assertTrue(server().url().startsWith("https://127.0.0.1:"), server().url());
        HttpRequest request = HttpRequest.newBuilder(URI.create(server().url())).build();
        assertEquals(200, trusting().send(request, BodyHandlers.ofString()).statusCode());
        HttpRequest byName = HttpRequest.newBuilder(URI.create("https://localhost:" + server().port() + "/live/x"))
                .build();
        assertEquals(200, trusting().send(byName, BodyHandlers.ofString()).statusCode());
        assertThrows(
                SSLHandshakeException.class, () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()));
    }

    @Test
    void carriesSignalsLongAndShortInOrder() throws Exception {
        try (Peer sender = new Peer();
                Peer receiver = new Peer()) {
            for (int i = 0; i < 200; i++) {
                // longer than a record, and than what fits into one read
                String text = "{\"type\":\"offer\",\"sdp\":\"" + i + "x".repeat(i % 20 == 0 ? 60_000 : i) + "\"}";
                sender.send(text);
                assertEquals(text, receiver.next());
            }
            StringBuilder burst = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                sender.send("{\"type\":\"answer\",\"sdp\":\"" + i + "\"}");
            }
            for (int i = 0; i < 300; i++) {
                burst.append(receiver.next());
            }
            assertTrue(burst.toString().endsWith("\"sdp\":\"299\"}"), "the last one is last");
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> signaling.sessions() == 0);
    }

    @Test
    void theCertificateIsForNamesAndAddresses() throws Exception {
        X509Certificate certificate = (X509Certificate) SelfSigned.keyStore(
                        Set.of("localhost", "desk.local"),
                        List.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7})),
                        PASSWORD)
                .getCertificate("demo");
        certificate.checkValidity();
        List<String> names = certificate.getSubjectAlternativeNames().stream()
                .map(each -> String.valueOf(each.get(1)))
                .sorted()
                .toList();
        assertEquals(List.of("192.0.2.7", "desk.local", "localhost"), names);
    }

    /** A member of stream-video over wss. */
    private final class Peer implements WebSocket.Listener, AutoCloseable {

        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        Peer() throws Exception {
            socket = trusting()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("wss://localhost:" + server().port() + "/signal"), this)
                    .get(20, TimeUnit.SECONDS);
            next();
            send("{\"type\":\"join-channel\",\"channel\":\"stream-video\"}");
            next();
        }

        void send(String message) throws Exception {
            socket.sendText(message, true).get(20, TimeUnit.SECONDS);
        }

        String next() throws InterruptedException {
            String next = texts.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        }

        @Override
        @SuppressWarnings("NullAway") // null is this method's word for "done with the data"
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void close() throws IOException {
            socket.sendClose(1000, "").orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
