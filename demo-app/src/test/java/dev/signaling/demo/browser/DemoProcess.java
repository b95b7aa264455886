package dev.signaling.demo.browser;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The demo as its users start it: {@code java -jar demo-app.jar}, on a free port that it keeps when started again. */
final class DemoProcess implements AutoCloseable {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile("open (https?)://(?:127\\.0\\.0\\.1|localhost):(\\d+)/");

    private final Place place;
    private final List<String> options;
    private OwnedProcess process;
    private String scheme = "";
    private int port;

    private DemoProcess(Place place, List<String> options) {
        this.place = place;
        this.options = options;
        process = launch(0);
    }

    /** Begins to start a demo, with further options of its command line; to be waited for before it is used. */
    static DemoProcess begin(String... options) {
        return begin(Place.HERE, options);
    }

    /** The same, elsewhere. */
    static DemoProcess begin(Place place, String... options) {
        return new DemoProcess(place, List.of(options));
    }

    /** Waits until pages can be opened. */
    DemoProcess await() {
        var ready = awaitReady();
        scheme = ready.group(1);
        port = Integer.parseInt(ready.group(2));
        return this;
    }

    /** The address of a page, as most people would open it. */
    URI page(String path) {
        return pageAt("localhost", path);
    }

    /** The address of a page under another of the server's names. */
    URI pageAt(String host, String path) {
        return URI.create(scheme + "://" + host + ":" + port + path);
    }

    /** The address of the signaling endpoint. */
    URI signal() {
        return URI.create(scheme.replace("http", "ws") + "://127.0.0.1:" + port + "/signal");
    }

    int port() {
        return port;
    }

    /** Ends the server with no word of warning (SIGKILL). */
    void kill() {
        process.kill();
    }

    /** Asks the server to end (SIGTERM) and gives its exit code. */
    int terminate() {
        return process.terminate();
    }

    /** Starts the server again, on the port that it had. */
    void startAgain() {
        process.close();
        process = launch(port);
        awaitReady();
    }

    /** What the server has printed since its last start. */
    String output() {
        return String.join("\n", process.output());
    }

    @Override
    public void close() {
        process.close();
    }

    private OwnedProcess launch(int onPort) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var jar = Optional.ofNullable(System.getProperty("demo.jar"))
                .orElseThrow(() -> new IllegalStateException("demo.jar is not set: run these tests with mvn verify"));
        // started a hundred times for seconds: the first compiler alone is up sooner
        var command = new ArrayList<>(
                List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-jar", jar, "--port", String.valueOf(onPort)));
        command.addAll(options);
        return OwnedProcess.start("demo", new ProcessBuilder(place.command(command)));
    }

    private MatchResult awaitReady() {
        return process.awaitLine(READY, STARTED_WITHIN);
    }
}
