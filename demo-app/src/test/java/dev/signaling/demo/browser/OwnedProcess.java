package dev.signaling.demo.browser;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A child process that is never left behind: its output is read all the time, so that it cannot block on a full pipe,
 * and it is ended with its children by process id, also when the tests' own process is told to stop.
 */
final class OwnedProcess implements AutoCloseable {

    private static final int LINES_KEPT = 500;
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Runnable afterwards;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread reader;
    private final Thread atShutdown;

    private OwnedProcess(String name, Process process, Runnable afterwards) {
        this.name = name;
        this.process = process;
        this.afterwards = afterwards;
        reader = new Thread(this::readOutput, name + "-output");
        atShutdown = new Thread(() -> endAll(family().toList()), name + "-end");
    }

    static OwnedProcess start(String name, ProcessBuilder builder) {
        return start(name, builder, () -> {});
    }

    /** Starts a process, and runs the action once it has ended: when it is closed, or the tests are told to stop. */
    static OwnedProcess start(String name, ProcessBuilder builder, Runnable afterwards) {
        try {
            var started = new OwnedProcess(
                    name,
                    builder.redirectErrorStream(true)
                            .redirectInput(ProcessBuilder.Redirect.PIPE)
                            .start(),
                    afterwards);
            Runtime.getRuntime().addShutdownHook(started.atShutdown);
            started.reader.setDaemon(true);
            started.reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + ": " + builder.command(), e);
        }
    }

    /** Waits for a line of output that has the pattern in it. */
    MatchResult awaitLine(Pattern pattern, Duration atMost) {
        return await(name + " to print " + pattern)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .failFast(this::demandAlive)
                .until(() -> find(pattern), matches -> !matches.isEmpty())
                .get(0);
    }

    private void demandAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended early:\n" + String.join("\n", output()));
        }
    }

    private List<MatchResult> find(Pattern pattern) {
        return output().stream()
                .flatMap(line -> pattern.matcher(line).results())
                .toList();
    }

    /** The last lines of output, oldest first. */
    List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Asks the process to end (SIGTERM) and gives the exit code; one that does not end in time is an error. */
    int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Ends the process with no word of warning (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        name + " did not end within " + TIME_TO_END + ":\n" + String.join("\n", output()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " was ending", e);
        }
    }

    /** Ends the process and whatever it started: asked first, then made to. */
    @Override
    public void close() {
        List<ProcessHandle> family = family().toList();
        process.destroy();
        try {
            process.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endAll(family);
        Runtime.getRuntime().removeShutdownHook(atShutdown);
    }

    private void endAll(List<ProcessHandle> family) {
        family.forEach(ProcessHandle::destroyForcibly);
        await(name + " and its children to end").atMost(TIME_TO_END).until(() -> family.stream()
                .noneMatch(ProcessHandle::isAlive));
        afterwards.run();
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    private void readOutput() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    if (lines.size() == LINES_KEPT) {
                        lines.removeFirst();
                    }
                    lines.addLast(line);
                }
            }
        } catch (IOException e) {
            // The pipe breaks when the process is killed: there is nothing more to read.
        }
    }
}
