package dev.signaling.attacks;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own with a small heap, which is ended by its process id at the latest when the tests are. */
final class Target implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("open http://127\\.0\\.0\\.1:(\\d+)/");
    private static final int LINES_KEPT = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Thread atShutdown;
    private final ConcurrentLinkedDeque<String> lines = new ConcurrentLinkedDeque<>();
    private final int port;

    private Target(int megabytes, String... limits) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-cp",
                System.getProperty("java.class.path"),
                AttackedServer.class.getName(),
                "--port=0"));
        for (String limit : limits) {
            command.add("--limit=" + limit);
        }
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        atShutdown = new Thread(process::destroyForcibly, "end of the server");
        Runtime.getRuntime().addShutdownHook(atShutdown);
        read(process.getInputStream());
        read(process.getErrorStream());
        Matcher ready = READY.matcher(awaitLine("open http://"));
        if (!ready.find()) {
            throw new AssertionError("not ready: " + lines);
        }
        port = Integer.parseInt(ready.group(1));
    }

    /** Starts a server with that much heap and these limits, written as for the demo's {@code --limit}. */
    static Target start(int megabytes, String... limits) {
        return new Target(megabytes, limits);
    }

    private void read(InputStream output) {
        Thread reader = new Thread(
                () -> new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))
                        .lines()
                        .forEach(this::keep),
                "output of the server");
        reader.setDaemon(true);
        reader.start();
    }

    private void keep(String line) {
        lines.addLast(line);
        if (lines.size() > LINES_KEPT) {
            lines.pollFirst();
        }
    }

    int port() {
        return port;
    }

    /** Takes a line of the log out that has these words in it; false if there is none. */
    boolean takeLine(String words) {
        return lines.removeIf(line -> line.contains(words));
    }

    /** Waits for a line of the log that has these words in it, and takes it out. */
    String awaitLine(String words) {
        String found = await("a line with " + words)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .failFast(this::requireAlive)
                .until(() -> lines.stream().filter(line -> line.contains(words)).findFirst(), Optional::isPresent)
                .orElseThrow();
        lines.remove(found);
        return found;
    }

    private void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the server has ended: " + lines);
        }
    }

    /** What it takes now, behind full collections. */
    Footprint footprint() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the server has ended: " + lines, e);
        }
        return Footprint.read(awaitLine(Footprint.BEGIN));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atShutdown);
    }
}
