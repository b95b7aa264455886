package dev.signaling.servers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that is deployed anew while peers talk leaves nothing of itself in the server. */
@Tag("scenario")
class RedeployIT {

    private static final int TIMES = 10;
    /**
     * The one that runs, and four: Java remembers whose the last record was that it compared, and whose the last part of one
     * that it compared, hashed or wrote (ObjectMethods' OBJECT_EQ, OBJECTS_EQUALS, OBJECTS_HASHCODE and OBJECTS_TOSTRING, each
     * by its asTypeCache). Which applications those were depends on who was first to do so; more there cannot be.
     */
    private static final int MOST_LEFT = 5;

    static Stream<Server> chosen() {
        return Servers.chosen().filter(server -> server.classLoader().isPresent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chosen")
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void tenTimesOverTheClassLoadersAreCollected(Server server) throws Exception {
        Path jdk = Jdk.of(server);
        Path folder = Build.runOf(server);
        Build.delete(folder);
        try (RunningServer running =
                RunningServer.start(server, Build.wars(!server.hasJsonb()).subList(0, 1), jdk)) {
            try {
                Path war = server.deployed(folder).orElseThrow();
                for (int time = 1; time <= TIMES; time++) {
                    redeploy(war, running);
                }
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(
                                () -> running.live(server.classLoader().orElseThrow()),
                                live -> live >= 1 && live <= MOST_LEFT);
                assertEquals(
                        List.of(),
                        running.lines().filter(RedeployIT::tellsOfALeak).toList());
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("on " + server.name() + ": " + e.getMessage() + "\n" + running.output(), e);
            }
        }
    }

    /**
     * Tomcat takes for started by the application whichever thread is in it while it looks, its own workers too, which may
     * have to read what peers sent last; by the time that it prints such a one's stack the worker is often idle again.
     */
    private static boolean tellsOfALeak(String line) {
        return line.contains("memory leak") && !line.contains("a thread named [http-nio-");
    }

    private static void redeploy(Path war, RunningServer running) throws IOException {
        try (Farewell farewell = Farewell.between(running.signal())) {
            Files.setLastModifiedTime(war, FileTime.from(Instant.now())); // which the servers take for a new one
            assertEquals(Farewell.OURS, farewell.heard());
        }
        running.awaitHandshake(Duration.ofSeconds(30));
    }
}
