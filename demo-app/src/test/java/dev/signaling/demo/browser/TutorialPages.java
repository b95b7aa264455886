package dev.signaling.demo.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Pages in the tutorial's manner, from a web server of their own; only the signal server's address is set. */
final class TutorialPages implements AutoCloseable {

    private static final Set<String> FILES = Set.of("index.html", "streamer.html", "signal-server.js");

    private final HttpServer server;
    private final int signalPort;

    TutorialPages(int signalPort) {
        this.signalPort = signalPort;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI streamer() {
        return address("localhost", "streamer.html");
    }

    URI viewer() {
        return viewerAt("localhost");
    }

    /** The viewer's page under another name of this machine. */
    URI viewerAt(String host) {
        return address(host, "index.html");
    }

    private URI address(String host, String file) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + "/" + file);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var file = exchange.getRequestURI().getPath().substring(1);
            if (!FILES.contains(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var text =
                    Browser.resource("tutorial/" + file).replace("ws://localhost:80", "ws://localhost:" + signalPort);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", file.endsWith(".js") ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
