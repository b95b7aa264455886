package dev.signaling.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A network namespace of Linux: a place with links, addresses and routes of its own, where programs can be started. Its name
 * carries this process's id, so that several of these can run at once.
 */
final class NetworkNamespace implements Place, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Thread atShutdown = new Thread(this::remove, "namespace-end");

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /**
     * Makes one, with nothing in it but loopback.
     *
     * @throws TestAbortedException if this is not allowed here: the test is skipped
     */
    static NetworkNamespace create(String label) {
        demand("ip");
        var namespace =
                new NetworkNamespace(label + "-" + ProcessHandle.current().pid());
        try {
            run("ip", "netns", "add", namespace.name);
        } catch (UncheckedIOException e) {
            throw missing(String.valueOf(e.getMessage()));
        }
        Runtime.getRuntime().addShutdownHook(namespace.atShutdown);
        try {
            namespace.ip("link", "set", "lo", "up");
            return namespace;
        } catch (RuntimeException | Error e) {
            namespace.close();
            throw e;
        }
    }

    /**
     * Sees to it that a program that tests across networks need is there.
     *
     * @throws TestAbortedException if it is not: the test is skipped
     */
    static void demand(String program) {
        if (Programs.find(program).isEmpty()) {
            throw missing("there is no program " + program);
        }
    }

    private static RuntimeException missing(String reason) {
        if (Programs.isRequired("networks")) {
            throw new AssertionFailedError("no tests across networks, which SIGNALING_REQUIRE demands: " + reason);
        }
        System.out.println("SKIPPED: tests across networks, since " + reason);
        return new TestAbortedException(reason);
    }

    String name() {
        return name;
    }

    /** Runs {@code ip} with these words for this namespace. */
    void ip(String... words) {
        var command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(words));
        run(command.toArray(String[]::new));
    }

    /** Runs a program in here that ends at once, and gives what it printed. */
    String execute(String... words) {
        return run(command(List.of(words)).toArray(String[]::new));
    }

    /** Sets a parameter of this namespace's network, such as {@code net/ipv4/ip_forward}. */
    void set(String parameter, int value) {
        execute("sh", "-c", "echo " + value + " > /proc/sys/" + parameter);
    }

    @Override
    public List<String> command(List<String> words) {
        var command = new ArrayList<>(List.of("ip", "netns", "exec", name));
        command.addAll(words);
        return command;
    }

    @Override
    public void reach(int port) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var folder = newFolder();
        var socket = folder.resolve("socket");
        var far = OwnedProcess.start(
                "tunnel",
                new ProcessBuilder(command(List.of(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes(),
                        Tunnel.class.getName(),
                        socket.toString(),
                        String.valueOf(port)))),
                () -> delete(socket, folder));
        open.add(far);
        far.awaitLine(Pattern.compile(Tunnel.READY), PATIENCE);
        open.add(Tunnel.open(port, socket));
    }

    private static String classes() {
        return Path.of(Tunnel.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("signaling-tunnel-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path... files) {
        try {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes it down, with all links that have an end in it. What was started in it has to be ended before. */
    @Override
    public void close() {
        for (var closeable : open) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        remove();
        Runtime.getRuntime().removeShutdownHook(atShutdown);
    }

    private void remove() {
        run("ip", "netns", "del", name);
    }

    /** Runs a program that ends at once, here where the tests are, and gives what it printed; one that fails is an error. */
    static String run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
