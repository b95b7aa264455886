package dev.signaling.benchmarks;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.SignalingServer;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** Tyrus as it comes, on a free port of the loopback address: says which, and for each line that it reads how many are there. */
final class SoakServer {

    private SoakServer() {}

    /** Ends with its standard input. */
    public static void main(String[] arguments) throws IOException, DeploymentException {
        SignalingHub hub = SignalingHub.ofDefaults();
        SignalingServer server = SignalingServer.of(hub);
        Container container = new Container();
        HttpServer http = new HttpServer();
        NetworkListener listener = new NetworkListener("soak", "127.0.0.1", 0);
        http.addListener(listener);
        listener.registerAddOn(new WebSocketAddOn(container, "/"));
        server.register(container, "/signal");
        container.start("/", 0);
        http.start();
        System.out.println(listener.getPort());
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.out.println(hub.connections() + server.sessions());
        }
        server.close();
        http.shutdownNow();
        container.stop();
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
