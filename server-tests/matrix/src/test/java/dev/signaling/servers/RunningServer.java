package dev.signaling.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server that was started as a process of its own, and ends with all that it started itself. */
final class RunningServer implements AutoCloseable {

    private static final Duration MOST_TO_STOP = Duration.ofSeconds(20);
    private static final int MOST_OUTPUT = 6_000;

    private final Process process;
    private final Path output;
    private final Server server;
    private final URI root;
    private final Path jdk;

    private RunningServer(Process process, Path output, Server server, URI root, Path jdk) {
        this.jdk = jdk;
        this.process = process;
        this.output = output;
        this.server = server;
        this.root = root;
    }

    /**
     * Starts it with those WARs, the bare one first, and waits until their endpoints answer.
     *
     * @throws AssertionError with the end of the server's output, if it does not in time
     */
    static RunningServer start(Server server, List<Path> wars, Path jdk) throws IOException {
        Path folder = Build.runOf(server);
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        int port = freePort();
        Server.Start start = server.prepare(new Server.Installation(server.home(), folder, wars, port, jdk));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(start.command())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Xmx" + server.heap() + "m -Djava.io.tmpdir=" + temporary);
        builder.environment().putAll(start.environment());
        URI root = URI.create("http://127.0.0.1:" + port);
        RunningServer running = new RunningServer(builder.start(), output, server, root, jdk);
        try {
            running.awaitHandshake(running.signal(), server.patience());
            if (wars.size() > 1) {
                running.awaitHandshake(running.tuned(), server.patience());
            }
            return running;
        } catch (RuntimeException | Error e) {
            AssertionError failure = new AssertionError(server.name() + " is not up\n" + running.output(), e);
            running.close();
            throw failure;
        }
    }

    /** One that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until the bare application's endpoint greets. */
    void awaitHandshake(Duration patience) {
        awaitHandshake(signal(), patience);
    }

    private void awaitHandshake(URI endpoint, Duration patience) {
        Awaitility.await("the handshake at " + endpoint)
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the process ended", () -> !process.isAlive())
                .until(() -> WirePeer.answers(endpoint));
    }

    Server server() {
        return server;
    }

    /** The bare application's root. */
    URI base() {
        return root.resolve(server.context());
    }

    /** The bare application's endpoint. */
    URI signal() {
        return endpoint(server.context() + "/signal");
    }

    /** The endpoint of the {@linkplain Tuned tuned} application. */
    URI tuned() {
        return endpoint(server.tuned());
    }

    private URI endpoint(String path) {
        return URI.create("ws://" + root.getAuthority() + path);
    }

    /** The end of what it has written so far. */
    String output() {
        String all = allOutput();
        return all.substring(Math.max(0, all.length() - MOST_OUTPUT));
    }

    /** Whether it has written that. */
    boolean wrote(String text) {
        return allOutput().contains(text);
    }

    /** What it has written so far. */
    Stream<String> lines() {
        return allOutput().lines();
    }

    private String allOutput() {
        try {
            return new String(Files.readAllBytes(output), UTF_8);
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    /** Its Java threads whose names begin so, each with what it stands in. */
    List<String> threads(String beginning) throws IOException {
        String all = ask("Thread.print").collect(Collectors.joining("\n"));
        return Stream.of(all.split("\n\n"))
                .map(String::strip)
                .filter(thread -> thread.startsWith("\"" + beginning))
                .toList();
    }

    /** How many objects of exactly that class it has, after a full collection. */
    int live(String type) throws IOException {
        return ask("GC.class_histogram")
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }

    /** The processes of it that are Java's. */
    List<Long> javas() {
        return all().stream()
                .filter(one -> one.info().command().orElse("").endsWith("/java"))
                .map(ProcessHandle::pid)
                .toList();
    }

    private Stream<String> ask(String command) throws IOException {
        List<String> lines = new ArrayList<>();
        for (long java : javas()) {
            lines.addAll(Jdk.ask(jdk, java, command));
        }
        if (lines.size() < 10) {
            throw new IllegalStateException("no answer to " + command + ": " + lines);
        }
        return lines.stream();
    }

    private List<ProcessHandle> all() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    /** Asks the process and what it started to stop. */
    void stop() {
        all().forEach(ProcessHandle::destroy);
    }

    /** The same, and ends by force what has not after a while. */
    @Override
    public void close() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroy);
        long end = System.nanoTime() + MOST_TO_STOP.toNanos();
        all.forEach(one -> awaitEnd(one, end - System.nanoTime()));
    }

    private static void awaitEnd(ProcessHandle one, long nanos) {
        try {
            one.onExit().get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            one.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            one.destroyForcibly();
        }
    }
}
