package dev.signaling.demo;

import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;

/** Pages and signaling on one port: Tyrus on a Grizzly HTTP server of the demo's own. */
final class DemoServer {

    private static final Logger LOGGER = System.getLogger("signaling");

    /** A frame of four times the longest message, whatever its characters, is not worth reading. */
    private static final int MOST_PAYLOAD = 1024 * 1024;

    private final HttpServer http;
    private final WebSocketUpgrade upgrade;
    private final SignalingServer signaling;
    private final String scheme;
    private final String host;
    private final int port;

    private DemoServer(
            HttpServer http,
            WebSocketUpgrade upgrade,
            SignalingServer signaling,
            String host,
            NetworkListener listener) {
        this.http = http;
        this.upgrade = upgrade;
        this.signaling = signaling;
        this.scheme = listener.isSecure() ? "https://" : "http://";
        this.host = host;
        this.port = listener.getPort();
    }

    /** The same over plain http. */
    static DemoServer start(String host, int port, OriginPolicy origins, SignalingServer signaling) throws IOException {
        return start(host, port, Optional.empty(), origins, signaling);
    }

    /**
     * Listens, and says so in the log.
     *
     * @param port where; 0 takes a free one
     * @param tls what to serve https with; empty for plain http
     * @param origins which pages may connect; others get 403
     * @throws IOException if the address is not this machine's or the port is not to be had
     */
    static DemoServer start(
            String host, int port, Optional<SSLContext> tls, OriginPolicy origins, SignalingServer signaling)
            throws IOException {
        List<InetAddress> reachable = Addresses.reachable(host);
        NetworkListener listener = new NetworkListener("demo", host, port);
        TCPNIOTransport transport = listener.getTransport();
        // Nothing in the way of a message blocks, so it may run where it is read: no hand-over to a worker thread, and
        // one selector feeds the cores better than several that take turns.
        transport.setIOStrategy(SameThreadIOStrategy.getInstance());
        transport.setSelectorRunnersCount(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        transport.setReuseAddress(true);
        transport.setTcpNoDelay(true);
        tls.ifPresent(context -> {
            listener.setSecure(true);
            listener.setSSLEngineConfig(new SSLEngineConfigurator(context, false, false, false));
        });

        HttpServer http = new HttpServer();
        http.addListener(listener);
        LocalOrigins local = new LocalOrigins();
        http.getServerConfiguration().addHttpHandler(new Pages(local, new IceServersPage(signaling)), "/");
        TyrusContainer container = new TyrusContainer(MOST_PAYLOAD);
        WebSocketUpgrade upgrade = new WebSocketUpgrade(container.getWebSocketEngine(), origins, MOST_PAYLOAD);
        listener.registerAddOn(upgrade);
        try {
            signaling.register(container, "/signal");
            signaling.register(container, "/"); // where a tutorial's pages connect to
            container.start("/", port);
        } catch (DeploymentException e) {
            throw new IllegalStateException("the endpoints do not fit the container", e);
        }
        http.start();
        DemoServer server = new DemoServer(http, upgrade, signaling, host, listener);
        local.set(server.origins(reachable));
        server.announce(reachable);
        return server;
    }

    private void announce(List<InetAddress> reachable) {
        LOGGER.log(Level.INFO, "ready   open {0} in a browser", url());
        for (String origin : origins(reachable)) {
            LOGGER.log(Level.INFO, "ready   other devices in the network open {0}/", origin);
        }
        if (!reachable.isEmpty() && scheme.equals("http://")) {
            LOGGER.log(Level.INFO, "ready   there they can watch; for their cameras start with --tls");
        }
    }

    private List<String> origins(List<InetAddress> addresses) {
        return addresses.stream()
                .map(address -> origin(Addresses.text(address)))
                .toList();
    }

    private String origin(String name) {
        return scheme + Addresses.inUrl(name) + ":" + port;
    }

    /** The address of the start page. */
    String url() {
        return origin(host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host) + "/";
    }

    int port() {
        return port;
    }

    /** Tells every peer, waits a second at most for their farewells, and ends. */
    void stop() {
        LOGGER.log(Level.INFO, "stop    {0} sessions are told to come back later", signaling.sessions());
        upgrade.goAway();
        signaling.close();
        http.shutdownNow();
        LOGGER.log(Level.INFO, "stopped");
    }
}
