package dev.signaling.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint for containers that know annotated classes and no servlets, such as Quarkus and Helidon. There the host
 * writes down a class of its own, which names the path and has nothing in it:
 *
 * <pre>{@code
 * @ServerEndpoint(
 *         value = "/signal",
 *         subprotocols = {SignalingV1Dialect.SUBPROTOCOL, TutorialDialect.SUBPROTOCOL},
 *         configurator = SignalingConfigurator.class)
 * public class Calls extends SignalingEndpoint {}
 * }</pre>
 *
 * <p>It is not annotated itself, so that no container that scans its libraries opens it unasked, beside the endpoint that
 * {@link SignalingContextListener} adds. Whoever has the {@code ServerContainer} uses {@link SignalingServer#register}.
 *
 * <p>Made and called by the container, one instance a session.
 */
public abstract class SignalingEndpoint {

    private volatile @Nullable SignalingServer server; // null until the configurator has said which
    private volatile Optional<Verdict> verdict = Optional.empty();
    private volatile @Nullable SignalingSession signaling; // null before it is open, and if it was refused

    /** For the host's class. */
    protected SignalingEndpoint() {}

    /** Called by the configurator before the container opens the session, with the verdict if that is not in there. */
    final void belongTo(SignalingServer owner, Optional<Verdict> found) {
        verdict = found;
        server = owner;
    }

    /** A session begins. */
    @OnOpen
    public final void onOpen(Session session, EndpointConfig config) {
        SignalingServer owner = server;
        if (owner == null) {
            throw new IllegalStateException(getClass().getName() + " does not name SignalingConfigurator");
        }
        Optional<SignalingSession> opened = owner.open(session, config, verdict);
        signaling = opened.orElse(null);
        opened.ifPresent(SignalingSession::connect);
    }

    /** A text of the peer's, or a part of one. */
    @OnMessage
    public final void onText(String part, boolean last) {
        SignalingSession open = signaling;
        if (open != null) {
            open.onMessage(part, last);
        }
    }

    /** A part of a binary message, which ends the session: no whole one is ever gathered. */
    @OnMessage
    public final void onBinary(ByteBuffer part, boolean last) {
        SignalingSession open = signaling;
        if (open != null) {
            open.onBinary();
        }
    }

    /** A sign of life. */
    @OnMessage
    public final void onPong(PongMessage pong) {
        SignalingSession open = signaling;
        if (open != null) {
            open.onPong();
        }
    }

    /** Something failed, in the container or on the network. */
    @OnError
    public final void onError(Throwable failure) {
        SignalingSession open = signaling;
        if (open != null) {
            open.onError(failure);
        }
    }

    /** The session is over. */
    @OnClose
    public final void onClose(CloseReason reason) {
        SignalingSession closed = signaling;
        if (closed != null) {
            closed.onClose(reason);
        }
    }
}
