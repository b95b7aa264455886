package dev.signaling.servers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A WAR with nothing but our jars, on each server. */
class ServersIT {

    private static final long BEGIN = System.nanoTime();
    private static final boolean BRIEF = Boolean.getBoolean("brief");

    /** {@code closeTimeout}, as long again for a container that has been interrupted, and what servers take to begin. */
    private static final Duration NO_THREAD_AFTER = Duration.ofSeconds(25);

    private static final List<Ran> ALL_RAN = new ArrayList<>();

    static Stream<Server> chosen() {
        return Servers.chosen();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("chosen")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void servesPeersAndTheirModule(Server server) throws Exception {
        Path jdk = Jdk.of(server);
        long begin = System.nanoTime();
        Path folder = Build.runOf(server);
        Build.delete(folder);
        try (RunningServer running = RunningServer.start(server, Build.wars(!server.hasJsonb()), jdk)) {
            Duration up = since(begin);
            try {
                isTheOneOfTheDocument(server, running);
                servesTheModule(running.base());
                long told = System.nanoTime();
                Conformity conformity = Conformity.of(running, BRIEF);
                conformity.requireAsKnown(server);
                tell(Story.BRIEF, running);
                tell(BRIEF ? List.of() : Story.LONG, running);
                assertFalse(running.wrote("OutOfMemoryError"), "its heap was too small");
                Duration telling = since(told);
                long bytes = Build.size(folder) + Build.size(server.home());
                String rules = conformity.toString();
                ALL_RAN.add(new Ran(server, Jdk.version(jdk), up, rules, telling, bytes, farewell(server, running)));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("on " + server.name() + ": " + e.getMessage() + "\n" + running.output(), e);
            }
        }
    }

    private static void tell(List<Story> stories, RunningServer running) throws IOException {
        for (Story story : stories) {
            story.tell(running);
        }
    }

    private static void isTheOneOfTheDocument(Server server, RunningServer running) throws IOException {
        assertTrue(running.wrote(server.version()), () -> "is not " + server.version());
        assertTrue(ServersTable.rows().contains(ServersTable.row(server)), "docs/servers.md says something else of it");
    }

    /** What peers hear when the application is undeployed, or the server told to stop if there is no other way. */
    private static String farewell(Server server, RunningServer running) throws IOException {
        Optional<Path> deployed = server.deployed(Build.runOf(server));
        try (Farewell farewell = Farewell.between(running.signal())) {
            if (deployed.isPresent()) {
                Files.delete(deployed.get());
            } else {
                running.stop();
            }
            String heard = farewell.heard();
            assertEquals(server.farewell(), heard);
            if (deployed.isPresent()) {
                await().atMost(NO_THREAD_AFTER).until(() -> running.threads("signaling-"), List::isEmpty);
            }
            return (deployed.isPresent() ? "undeployed: " : "stopped: ") + heard;
        }
    }

    private static void servesTheModule(URI base) throws IOException, InterruptedException {
        HttpResponse<String> module = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(base + "/signaling/index.js"))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, module.statusCode(), module::body);
        assertTrue(module.body().contains("export"), module::body);
        String type = module.headers().firstValue("content-type").orElse("none");
        assertTrue(type.contains("javascript"), "a browser would not take a module that is " + type);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @AfterAll
    static void says() {
        if (!BRIEF) { // mvn -q verify prints nothing but failures
            System.out.print(Ran.table(ALL_RAN, since(BEGIN)));
        }
    }
}
