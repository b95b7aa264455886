package dev.signaling.jwt;

import dev.signaling.jakarta.SignalingServer;
import jakarta.websocket.DeploymentException;
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

/** Tyrus on a free port of the loopback address, with an endpoint at {@code /signal}. */
final class TyrusNode implements AutoCloseable {

    private final HttpServer http = new HttpServer();
    private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
    private final Container container = new Container();
    private final SignalingServer server;

    TyrusNode(SignalingServer server) throws DeploymentException, IOException {
        this.server = server;
        http.addListener(listener);
        listener.registerAddOn(new WebSocketAddOn(container, "/"));
        server.register(container, "/signal");
        container.start("/", 0);
        http.start();
    }

    int port() {
        return listener.getPort();
    }

    @Override
    public void close() {
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
