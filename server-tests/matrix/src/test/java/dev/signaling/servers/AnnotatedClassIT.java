package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where there are no servlets: what the application's class, beans and keys say is what counts, for each peer alone. */
class AnnotatedClassIT {

    static Stream<Server> chosen() {
        return Servers.chosen(Servers.WITHOUT_SERVLETS);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("chosen")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesBeansAndKeysAndSaysFarewell(Server server) throws Exception {
        Build.delete(Build.runOf(server));
        try (RunningServer running = RunningServer.start(server, List.of(), Jdk.of(server))) {
            assertTrue(running.wrote(server.version()), () -> "is not " + server.version());
            servesTheModule(running.base());
            String signal = running.signal().toString();
            for (String name : List.of("ann", "nobody", "ben", "nobody", "ann")) {
                String expected = name.equals("nobody")
                        ? "close 1008 authentication-refused"
                        : "{\"type\":\"connection-established\"}";
                assertEquals(expected, first(signal + "?name=" + name, Optional.empty()), running::output);
            }
            String limits = first(signal, Optional.of("signaling.v1"));
            assertTrue(limits.contains("\"peersPerChannel\":7,"), limits);
            try (WirePeer peer = new WirePeer(URI.create(signal), Optional.empty())) {
                peer.next();
                running.stop();
                assertEquals("going-away, 1001", peer.farewell(), running::output);
            }
        }
    }

    private static void servesTheModule(URI base) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/signaling/index.js"))
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> module = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, module.statusCode(), module::body);
        assertTrue(module.body().contains("export"), module::body);
    }

    private static String first(String signal, Optional<String> subprotocol) {
        try (WirePeer peer = new WirePeer(URI.create(signal), subprotocol)) {
            return peer.next();
        }
    }
}
