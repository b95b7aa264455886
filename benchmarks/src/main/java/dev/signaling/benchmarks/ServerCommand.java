package dev.signaling.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server under comparison, started for it on one core of its own. */
final class ServerCommand implements Closeable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PORT = "{port}";

    private final Process process;
    private final int port;
    private final String path;

    /** Starts the command, with its {@code {port}} filled in, and returns when it accepts connections. */
    ServerCommand(String command, int core, String path) throws IOException {
        if (!command.contains(PORT)) {
            throw new IllegalArgumentException("a server's command needs a " + PORT + ": " + command);
        }
        this.path = path;
        port = freePort();
        List<String> words = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        words.addAll(List.of(command.replace(PORT, Integer.toString(port)).split(" +", -1)));
        process = new ProcessBuilder(words)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        awaitPort();
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + port + path);
    }

    ServerProcess process() {
        return new ServerProcess(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPort() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("the server does not come up: "
                        + process.info().commandLine().orElse("it ended with " + process.exitValue()));
            }
        }
    }

    /** Whether it accepts a connection by now; waits a little if not. */
    private boolean accepts() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
