package dev.signaling.demo.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A network namespace with one host in it, and a switch between it and the tests' own network that can be unplugged: a
 * viewer's home. Its default route leads to the tests' own, which passes nothing on: so every address that a streamer there
 * gathers can be reached, whichever network it is of.
 */
final class FarNetwork implements Place, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int number = COUNT.incrementAndGet();
    private final String name =
            "sigfar" + number + "-" + ProcessHandle.current().pid();
    private final String plug = "sf" + number + "p" + ProcessHandle.current().pid() % 100_000;
    private final String hub = "sf" + number + "b" + ProcessHandle.current().pid() % 100_000;
    private final List<AutoCloseable> open = new ArrayList<>();
    private int host = 2;

    private FarNetwork() {}

    /**
     * Makes one.
     *
     * @throws TestAbortedException if this is not allowed here: the test is skipped
     */
    static FarNetwork create() {
        var network = new FarNetwork();
        if (Programs.find("ip").isEmpty()) {
            throw missing("there is no program ip");
        }
        try {
            run("ip", "netns", "add", network.name);
        } catch (UncheckedIOException e) {
            throw missing(String.valueOf(e.getMessage()));
        }
        try {
            network.wire();
            return network;
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    private static RuntimeException missing(String reason) {
        if (Programs.isRequired("networks")) {
            throw new AssertionFailedError("no network namespaces, which SIGNALING_REQUIRE demands: " + reason);
        }
        System.out.println("SKIPPED: a test across networks, since " + reason);
        return new TestAbortedException(reason);
    }

    /**
     * Done once nothing about it changes by itself any more, since Chromium gives up what it loads when the network does
     * (ERR_NETWORK_CHANGED): a bridge is up a second after its first link, and an address of IPv6, which nothing here needs,
     * is ready a second or two after that.
     */
    private void wire() {
        run("ip", "link", "add", hub, "type", "bridge");
        run("ip", "link", "set", hub, "addrgenmode", "none");
        run("ip", "addr", "add", near() + "/24", "dev", hub);
        run("ip", "link", "set", hub, "up");
        run("ip", "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", name);
        run("ip", "link", "set", plug, "addrgenmode", "none");
        run("ip", "-n", name, "link", "set", "eth0", "addrgenmode", "none");
        run("ip", "link", "set", plug, "master", hub, "up");
        run("ip", "-n", name, "link", "set", "lo", "up");
        run("ip", "-n", name, "link", "set", "eth0", "up");
        address();
        await().atMost(PATIENCE).until(() -> run("ip", "link", "show", hub).contains("state UP"));
    }

    private void address() {
        run("ip", "-n", name, "addr", "add", prefix() + host + "/24", "dev", "eth0");
        run("ip", "-n", name, "route", "add", "default", "via", near());
    }

    private String prefix() {
        return "10.78." + number % 250 + ".";
    }

    /** The tests' address on this network. */
    String near() {
        return prefix() + 1;
    }

    /** Nothing gets through any more, in either direction, and neither side is told: the links stay up. */
    void unplug() {
        run("ip", "link", "set", plug, "nomaster");
    }

    /** All gets through again. */
    void plugIn() {
        run("ip", "link", "set", plug, "master", hub);
    }

    /** The host loses its address and gets another one. */
    void move() {
        host++;
        run("ip", "-n", name, "addr", "flush", "dev", "eth0");
        address();
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

    /** Takes the network down. The browsers in it have to be closed before. */
    @Override
    public void close() {
        for (var closeable : open) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        for (var command : List.of(
                List.of("ip", "netns", "del", name),
                List.of("ip", "link", "del", hub),
                List.of("ip", "link", "del", plug))) {
            try {
                run(command.toArray(String[]::new));
            } catch (UncheckedIOException e) {
                // it was not there, or went with the namespace
            }
        }
    }

    private static String run(String... command) {
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
