package dev.signaling.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The demo as a process of its own, as somebody runs it. */
class DemoProcessTest {

    private static final Duration MOST_TO_STOP = Duration.ofSeconds(2);

    @Test
    void logsWhatHappensAndStopsWhenItIsTold() throws Exception {
        try (Demo demo = new Demo()) {
            try (WireClient peer = WireClient.member(demo.port())) {
                peer.write(WireClient.text("{\"type\":\"offer\",\"sdp\":\"v=0 a secret\"}"));
                peer.write(WireClient.text("{\"type\":\"secret\""));
                peer.next();
            }
            demo.awaitLine("leave   stream-video  peer ");
            TextPeer stayer = new TextPeer(demo.port(), Optional.of("http://localhost:" + demo.port()));
            assertEquals("{\"type\":\"connection-established\"}", stayer.next());
            demo.stopWithin(MOST_TO_STOP);
            assertEquals("{\"type\":\"going-away\"}", stayer.next());
            assertEquals("close 1001 going-away", stayer.next());
            String id = "[A-Za-z0-9_-]{22}";
            demo.assertLines(List.of(
                    "ready   open http://127\\.0\\.0\\.1:\\d+/ in a browser",
                    "join    stream-video  peer " + id,
                    "refuse  malformed-message: the message ends too early \\(at character \\d+\\)  peer " + id,
                    "leave   stream-video  peer " + id + "  disconnected",
                    "stop    1 sessions are told to come back later",
                    "stopped"));
        }
    }

    @Test
    void stopsInTimeAlthoughAPeerDoesNotAnswerItsFarewell() throws Exception {
        try (Demo demo = new Demo();
                WireClient silent = WireClient.member(demo.port())) {
            demo.stopWithin(MOST_TO_STOP);
            assertEquals("{\"type\":\"going-away\"}", silent.next());
            assertEquals("close 1001 going-away", silent.next());
        }
    }

    /** A running demo, and its log as it comes. */
    private static final class Demo implements AutoCloseable {

        private static final Pattern READY = Pattern.compile("ready   open http://127\\.0\\.0\\.1:(\\d+)/");

        private final Process process;
        private final List<String> log = new CopyOnWriteArrayList<>();
        private final Thread reading = new Thread(this::read, "log of the demo");

        Demo() throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DemoApp.class.getName(),
                            "--port=0")
                    .redirectErrorStream(true)
                    .start();
            reading.start();
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(UTF_8)) {
                lines.lines().forEach(log::add);
            } catch (UncheckedIOException | IOException e) {
                log.add("the log ended: " + e);
            }
        }

        int port() {
            Matcher ready = READY.matcher(awaitLine("ready   open "));
            assertTrue(ready.find());
            return Integer.parseInt(ready.group(1));
        }

        String awaitLine(String part) {
            return await("a line with " + part)
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> log.stream()
                                    .filter(line -> line.contains(part))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
        }

        void stopWithin(Duration most) throws InterruptedException {
            long start = System.nanoTime();
            process.toHandle().destroy(); // SIGTERM; the process's own would close the log as well
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on");
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(taken.compareTo(most) < 0, "stopping took " + taken + " " + log);
            assertEquals(128 + 15, process.exitValue());
            reading.join(10_000);
        }

        /** Each line: date, time, level and then this. */
        void assertLines(List<String> patterns) {
            assertFalse(log.toString().contains("secret"), log.toString());
            assertEquals(patterns.size(), log.size(), log.toString());
            for (int i = 0; i < patterns.size(); i++) {
                String pattern = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d INFO +" + patterns.get(i);
                assertTrue(log.get(i).matches(pattern), log.get(i));
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
