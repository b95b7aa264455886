package dev.signaling.conformance;

import dev.signaling.Limits;
import dev.signaling.SharedSecretTurn;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.Handshake;
import dev.signaling.jakarta.IceServersResponse;
import dev.signaling.jakarta.Liveness;
import dev.signaling.jakarta.SignalingServer;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** Tyrus as it comes, worker threads and all, on a free port of the loopback address. */
final class TyrusNode implements AutoCloseable {

    private static final Duration PONG_DEADLINE = Duration.ofSeconds(4);

    private final HttpServer http = new HttpServer();
    private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
    private final Container container = new Container();

    private TyrusNode(SignalingServer server) throws DeploymentException, IOException {
        http.addListener(listener);
        listener.registerAddOn(new WebSocketAddOn(container, "/"));
        server.register(container, "/signal");
        http.getServerConfiguration().addHttpHandler(new IceServers(server), "/signal/ice-servers");
        container.start("/", 0);
        http.start();
    }

    /** A node with that server's endpoint at {@code /signal}. */
    static TyrusNode start(SignalingServer server) {
        try {
            return new TyrusNode(server);
        } catch (DeploymentException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A node with a server that loses patience within seconds, and has small channels. */
    static TyrusNode start() {
        Limits limits = Limits.builder()
                .peersPerChannel(30)
                .joinDeadline(Duration.ofSeconds(3))
                .resumeGrace(Duration.ofSeconds(3))
                .build();
        Liveness liveness =
                new Liveness(Duration.ofSeconds(1), PONG_DEADLINE, Duration.ofSeconds(20), Duration.ofSeconds(10));
        SignalingHub hub = SignalingHub.builder()
                .limits(limits)
                .iceServers(SharedSecretTurn.builder()
                        .stun("stun:stun.example.org")
                        .turn("turn:turn.example.org?transport=udp", "turns:turn.example.org:443?transport=tcp")
                        .secret("north")
                        .ttl(Duration.ofSeconds(4))
                        .build())
                .build();
        return start(SignalingServer.builder(hub).liveness(liveness).build());
    }

    /** What looks at a node that {@link #start()} made, or at something in front of it. */
    static Conformance conformance(int port) {
        return Conformance.of(URI.create("ws://127.0.0.1:" + port + "/signal"))
                .joinDeadline(Duration.ofSeconds(3))
                .pongDeadline(PONG_DEADLINE);
    }

    int port() {
        return listener.getPort();
    }

    @Override
    public void close() {
        http.shutdownNow();
        container.stop();
    }

    /** What a servlet container has a servlet for. */
    private static final class IceServers extends HttpHandler {

        private final SignalingServer server;

        IceServers(SignalingServer server) {
            this.server = server;
        }

        @Override
        public void service(Request request, Response response) throws IOException {
            Map<String, List<String>> headers = new HashMap<>();
            for (String name : request.getHeaderNames()) {
                headers.put(name, List.of(request.getHeader(name)));
            }
            IceServersResponse answer = server.iceServers(
                    request.getMethod().getMethodString(),
                    new Handshake(
                            Optional.empty(), headers, Map.of(), List.of(), Optional.of(request.getRemoteAddr())));
            response.setStatus(answer.status());
            answer.headers().forEach(response::setHeader);
            response.getOutputBuffer().write(answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Container extends TyrusServerContainer {

        private final TyrusWebSocketEngine engine =
                TyrusWebSocketEngine.builder(this).build();

        Container() {
            super((Set<Class<?>>) null);
        }

        @Override
        public void register(Class<?> endpointClass) throws DeploymentException {
            engine.register(endpointClass, "/");
        }

        @Override
        public void register(ServerEndpointConfig config) throws DeploymentException {
            engine.register(config, "/");
        }

        @Override
        public WebSocketEngine getWebSocketEngine() {
            return engine;
        }

        @Override
        public Map<String, Object> getProperties() {
            return Map.of();
        }
    }
}
