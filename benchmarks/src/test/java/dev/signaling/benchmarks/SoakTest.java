package dev.signaling.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two thousand peers come, go, are cut off, come back and flood for minutes; then the server is as it was before. */
@Tag("scenario")
class SoakTest {

    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("soak.minutes", 5));

    /** The first crowd: what is loaded, pooled and compiled once is there when it has gone. */
    private static final Duration WARM_UP = Duration.ofSeconds(Math.min(120, TIME.toSeconds() / 4));

    /**
     * Runs without any difference to be seen in the library's or the container's classes differ by some tens of kilobytes,
     * of what the JVM keeps itself. Of the 60,000 connections of five minutes not one object of the smallest size, 16
     * bytes, may stay.
     */
    private static final long HEAP_TOLERANCE = 768 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process server;
    private final BufferedReader answers;
    private final Writer questions;

    SoakTest() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // as many threads from the start as there will ever be
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-XX:-UseDynamicNumberOfGCThreads",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SoakServer.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        answers = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        questions = server.outputWriter(StandardCharsets.UTF_8);
    }

    private URI url = URI.create("");

    @BeforeEach
    void awaitServer() throws IOException {
        url = URI.create("ws://127.0.0.1:" + answers.readLine() + "/signal");
    }

    @AfterEach
    void stopServer() {
        server.destroyForcibly();
    }

    @Test
    void leavesNothingBehind() throws IOException {
        soak(WARM_UP);
        Footprint before = Footprint.of(server.pid());
        String load = soak(TIME);
        Footprint after = Footprint.of(server.pid());

        List<String> lines = List.of(
                TIME.toMinutes() + " minutes: " + load,
                "before: " + before.figures(),
                "after:  " + after.figures(),
                "heap:",
                Footprint.differences(before.heap(), after.heap()),
                "threads:",
                Footprint.differences(before.threads(), after.threads()),
                "file descriptors:",
                Footprint.differences(before.descriptors(), after.descriptors()));
        String report = String.join("\n", lines);
        Files.writeString(Path.of("target", "soak.txt"), report + "\n");
        long grown = Footprint.sum(after.heap()) - Footprint.sum(before.heap());
        assertTrue(grown < HEAP_TOLERANCE, report);
        assertEquals(Footprint.sum(before.threads()), Footprint.sum(after.threads()), report);
        assertEquals(Footprint.sum(before.descriptors()), Footprint.sum(after.descriptors()), report);
    }

    private String soak(Duration time) throws IOException {
        try (EventLoop loop = new EventLoop()) {
            Crowd crowd = new Crowd(loop, url);
            crowd.run(time);
            awaitNobody(loop);
            return crowd.figures();
        }
    }

    private void awaitNobody(EventLoop loop) {
        boolean[] empty = {false};
        assertTrue(loop.runUntil(() -> empty[0] |= present() == 0, PATIENCE), () -> present() + " are still there");
    }

    private int present() {
        try {
            questions.write("\n");
            questions.flush();
            return Integer.parseInt(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
