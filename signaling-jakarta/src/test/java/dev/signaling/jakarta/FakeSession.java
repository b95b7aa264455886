package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import jakarta.websocket.CloseReason;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A container's session without a network: keeps what it is sent, and how it was closed. */
final class FakeSession implements Peer {

    /** What becomes of a send. */
    enum Sending {
        /** Its end is reported from inside the call. */
        INSIDE,
        /** It never ends: the peer does not read. */
        STUCK,
        /** The same, and meanwhile a binary message comes. */
        STUCK_AND_OVER,
        /** Its failure is reported from inside the call. */
        FAILS,
        /** The call throws. */
        THROWS
    }

    private final Session session = mock(Session.class, withSettings().stubOnly());
    private final SessionEndpoint endpoint;
    private final ServerEndpointConfig config;
    private final Map<String, Object> userProperties = new HashMap<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Sending sending;
    private volatile boolean tellsOfItsEnd = true;
    private volatile @Nullable CloseReason reason;
    private MessageHandler.@Nullable Partial<String> texts;
    private MessageHandler.@Nullable Whole<PongMessage> pongs;
    private MessageHandler.@Nullable Partial<ByteBuffer> binaries;

    private FakeSession(SignalingServer server, String subprotocol, Sending sending)
            throws IOException, InstantiationException {
        this.sending = sending;
        config = server.endpointConfig("/signal");
        endpoint = config.getConfigurator().getEndpointInstance(SessionEndpoint.class);
        RemoteEndpoint.Async remote =
                mock(RemoteEndpoint.Async.class, withSettings().stubOnly());
        when(session.getAsyncRemote()).thenReturn(remote);
        when(session.getUserProperties()).thenReturn(userProperties);
        when(session.getNegotiatedSubprotocol()).thenReturn(subprotocol);
        when(session.isOpen()).then(call -> reason == null);
        doAnswer(call -> send(call.getArgument(0), call.getArgument(1)))
                .when(remote)
                .sendText(anyString(), any(SendHandler.class));
        doAnswer(call -> ping(call.getArgument(0))).when(remote).sendPing(any());
        doAnswer(call -> end(call.getArgument(0))).when(session).close(any());
        doAnswer(call -> texts = call.getArgument(1)).when(session).addMessageHandler(eq(String.class), partialText());
        doAnswer(call -> pongs = call.getArgument(1))
                .when(session)
                .addMessageHandler(eq(PongMessage.class), wholePong());
        doAnswer(call -> binaries = call.getArgument(1))
                .when(session)
                .addMessageHandler(eq(ByteBuffer.class), partialBinary());
    }

    private static MessageHandler.Partial<String> partialText() {
        return any();
    }

    private static MessageHandler.Whole<PongMessage> wholePong() {
        return any();
    }

    private static MessageHandler.Partial<ByteBuffer> partialBinary() {
        return any();
    }

    /** A session of that server's, opened. */
    static FakeSession open(SignalingServer server) {
        return open(server, Sending.INSIDE);
    }

    static FakeSession open(SignalingServer server, Sending sending) {
        return open(server, "", sending);
    }

    /** A session of that server's for which that subprotocol was agreed upon. */
    static FakeSession open(SignalingServer server, String subprotocol) {
        return open(server, subprotocol, Sending.INSIDE);
    }

    private static FakeSession open(SignalingServer server, String subprotocol, Sending sending) {
        try {
            FakeSession fake = new FakeSession(server, subprotocol, sending);
            HandshakeRequest request =
                    mock(HandshakeRequest.class, withSettings().stubOnly());
            fake.config.getConfigurator().modifyHandshake(fake.config, request, mock(HandshakeResponse.class));
            fake.endpoint.onOpen(fake.session, fake.config);
            return fake;
        } catch (IOException | InstantiationException e) {
            throw new AssertionError(e);
        }
    }

    /** From now on, sends end like this. */
    void become(Sending value) {
        sending = value;
    }

    /** From now on, the container forgets to say that the session is over. */
    void keepQuietOnClose() {
        tellsOfItsEnd = false;
    }

    private @Nullable Object send(String text, SendHandler handler) {
        switch (sending) {
            case INSIDE -> {
                sent.add(text);
                handler.onResult(new SendResult());
            }
            case STUCK -> sent.add(text);
            case STUCK_AND_OVER -> {
                sent.add(text);
                sendBinary(new byte[1]);
            }
            case FAILS -> handler.onResult(new SendResult(new IOException("connection reset")));
            case THROWS -> throw new IllegalStateException("the session is closed");
        }
        return null;
    }

    private @Nullable Object ping(ByteBuffer payload) {
        if (sending == Sending.THROWS) {
            throw new NoClassDefFoundError("the application was undeployed");
        }
        assertTrue(payload.hasArray(), "Liberty asks for the array, which a read-only buffer denies");
        pings.incrementAndGet();
        return null;
    }

    private @Nullable Object end(CloseReason with) {
        if (reason == null) {
            reason = with;
            if (tellsOfItsEnd) {
                endpoint.onClose(session, with); // on the caller's thread, as containers do
            }
            closed.countDown();
        }
        return null;
    }

    @Override
    public void send(String text) {
        if (texts != null) {
            texts.onMessage(text, true);
        }
    }

    /** A part of a text that is not the last. */
    void sendPart(String part) {
        if (texts != null) {
            texts.onMessage(part, false);
        }
    }

    @Override
    public void sendBinary(byte[] message) {
        if (binaries != null) {
            binaries.onMessage(ByteBuffer.wrap(message), true);
        }
    }

    /** Answers a ping. */
    void pong() {
        if (pongs != null) {
            pongs.onMessage(() -> ByteBuffer.allocate(0));
        }
    }

    /** The container reports that something failed. */
    void fail(Throwable failure) {
        endpoint.onError(session, failure);
    }

    /** How many pings it was sent. */
    int pings() {
        return pings.get();
    }

    /** What it was closed with; empty while it is open. */
    Optional<String> closed() {
        CloseReason with = reason;
        return Optional.ofNullable(with).map(given -> given.getCloseCode().getCode() + " " + given.getReasonPhrase());
    }

    @Override
    public String next() {
        try {
            String text = sent.poll(10, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing was sent");
            }
            return text;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String ending() {
        try {
            if (!closed.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the session was not closed");
            }
            return closed().orElseThrow();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The container reports that it is over, for that reason. */
    void endBy(int code, String phrase) {
        end(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), phrase));
    }

    @Override
    public void close() {
        end(new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
    }
}
