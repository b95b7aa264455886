package dev.signaling.jakarta;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** Tyrus as it comes, worker threads and all, on a free port of the loopback address. */
final class TyrusNode implements AutoCloseable {

    private final HttpServer http = new HttpServer();
    private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
    private final Container container = new Container();

    private TyrusNode(Deployment deployment) throws DeploymentException, IOException {
        http.addListener(listener);
        listener.registerAddOn(new WebSocketAddOn(container, "/"));
        deployment.deploy(container);
        container.start("/", 0);
        http.start();
    }

    static TyrusNode start(Deployment deployment) {
        try {
            return new TyrusNode(deployment);
        } catch (DeploymentException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A node with that server's endpoint at {@code /signal}. */
    static TyrusNode start(SignalingServer server) {
        return start(container -> server.register(container, "/signal"));
    }

    int port() {
        return listener.getPort();
    }

    @Override
    public void close() {
        http.shutdownNow();
        container.stop();
    }

    /** Adds the endpoints. */
    interface Deployment {
        void deploy(ServerContainer container) throws DeploymentException;
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
