package dev.signaling.demo;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/** The Jakarta container of Tyrus without a server of its own: what feeds it bytes is whoever holds its engine. */
final class TyrusContainer extends TyrusServerContainer {

    private static final int FRAME_HEADER = 14;
    private static final String CONTEXT_PATH = "/";

    private final TyrusWebSocketEngine engine;

    /** @param mostPayload the longest payload of a frame, in bytes */
    TyrusContainer(int mostPayload) {
        super((Set<Class<?>>) null);
        setDefaultMaxSessionIdleTimeout(-1); // 0 schedules a task a session
        engine = TyrusWebSocketEngine.builder(this)
                .incomingBufferSize(mostPayload + FRAME_HEADER)
                .build();
    }

    @Override
    public void register(Class<?> endpointClass) throws DeploymentException {
        engine.register(endpointClass, CONTEXT_PATH);
    }

    @Override
    public void register(ServerEndpointConfig config) throws DeploymentException {
        engine.register(config, CONTEXT_PATH);
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
