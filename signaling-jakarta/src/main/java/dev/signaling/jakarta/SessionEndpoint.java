package dev.signaling.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SignalingServer#register} adds to a container. Made and called by the container, one instance a session;
 * public only because some containers call it by reflection.
 */
public final class SessionEndpoint extends Endpoint {

    private final SignalingServer server;
    private final Optional<Verdict> verdict;
    private volatile @Nullable SignalingSession signaling; // null before it is open, and if it was refused

    /** For a session on which that is the verdict; empty if it is to be found in the session. */
    SessionEndpoint(SignalingServer server, Optional<Verdict> verdict) {
        this.server = server;
        this.verdict = verdict;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Optional<SignalingSession> opened = server.open(session, config, verdict);
        if (opened.isPresent()) {
            signaling = opened.get();
            session.addMessageHandler(String.class, opened.get());
            session.addMessageHandler(PongMessage.class, pong -> opened.get().onPong());
            session.addMessageHandler(ByteBuffer.class, new BinaryRefusal(opened.get()));
            opened.get().connect();
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        SignalingSession closed = signaling;
        if (closed != null) {
            closed.onClose(reason);
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        SignalingSession failed = signaling;
        if (failed != null) {
            failed.onError(failure);
        }
    }

    /** Taken in parts, so that no container gathers a whole one before it is refused. */
    private record BinaryRefusal(SignalingSession session) implements MessageHandler.Partial<ByteBuffer> {

        @Override
        public void onMessage(ByteBuffer part, boolean last) {
            session.onBinary();
        }
    }
}
