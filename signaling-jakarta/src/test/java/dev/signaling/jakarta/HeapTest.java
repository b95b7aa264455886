package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.spi.Identity;
import jakarta.websocket.CloseReason;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the library keeps in memory, for each connection and when all are gone. */
class HeapTest {

    private static final int CONNECTIONS = 10_000;

    private final SharedSession session = new SharedSession();
    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server =
            SignalingServer.of(SignalingHub.builder().store(store).build());

    /**
     * Sessions, connections, outboxes, memberships and each one's channel, over one fake session that all share: so
     * nothing of a container is counted. A warm-up round has loaded all classes; what is left to chance is far below the
     * distance to the bound.
     */
    @Test
    void aConnectionInAChannelOfItsOwnCostsUnderTwoKilobytes() {
        round();
        long before = usedHeap();
        List<SessionEndpoint> endpoints = open();
        long each = (usedHeap() - before) / CONNECTIONS;
        assertEquals(CONNECTIONS, store.channels());
        assertTrue(each > 100, each + " bytes cannot be all of it");
        assertTrue(each < 2_048, each + " bytes a connection");
        close(endpoints);
    }

    /**
     * Rounds differ by what the JVM itself keeps (profiles, caches), which is some tens of kilobytes; the least that could
     * leak of a channel is a map's entry, of 32 bytes: 320 kB a round.
     */
    @Test
    void channelsThatWereLeftLeaveNothingBehind() {
        round();
        round();
        long before = usedHeap();
        round();
        round();
        round();
        long grown = usedHeap() - before;
        assertTrue(grown < 480_000, grown + " bytes more after 30,000 channels");
    }

    private void round() {
        close(open());
    }

    private List<SessionEndpoint> open() {
        List<SessionEndpoint> endpoints = new ArrayList<>(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            SessionEndpoint endpoint = session.open(server);
            session.text("{\"type\":\"join-channel\",\"channel\":\"channel-" + i + "\"}");
            endpoints.add(endpoint);
        }
        return endpoints;
    }

    private void close(List<SessionEndpoint> endpoints) {
        endpoints.forEach(session::close);
        assertEquals(0, store.channels());
        assertEquals(0, server.hub().connections());
        assertEquals(0, server.sessions());
    }

    /** After collections that find nothing more to free. */
    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            runtime.gc();
            long now = runtime.totalMemory() - runtime.freeMemory();
            if (now >= used) {
                break;
            }
            used = now;
        }
        return used;
    }

    /**
     * A container's session that any number of endpoints believe to be their own. Texts go to the one opened last. No mock:
     * seventy thousand of those calls would take longer than all that is measured.
     */
    private static final class SharedSession implements InvocationHandler {

        private static final Verdict VERDICT = Verdict.granted(Identity.anonymous());

        private final Session session = proxy(Session.class);
        private final RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class);
        private MessageHandler.@Nullable Partial<String> last;

        private <T> T proxy(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
        }

        @Override
        @SuppressWarnings("unchecked") // the handler that is added for String takes strings
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            switch (method.getName()) {
                case "getUserProperties" -> {
                    return Map.of();
                }
                case "getNegotiatedSubprotocol" -> {
                    return "";
                }
                case "getAsyncRemote" -> {
                    return remote;
                }
                case "addMessageHandler" -> {
                    if (Objects.requireNonNull(arguments)[0] == String.class) {
                        last = (MessageHandler.Partial<String>) arguments[1];
                    }
                    return null;
                }
                case "sendText" -> {
                    ((SendHandler) Objects.requireNonNull(arguments)[1]).onResult(new SendResult());
                    return null;
                }
                case "setMaxIdleTimeout" -> {
                    return null;
                }
                // setMaxTextMessageBufferSize above all: Tomcat makes a buffer of that size for each session and keeps
                // it
                default -> throw new AssertionError("nobody knows how to " + method);
            }
        }

        SessionEndpoint open(SignalingServer server) {
            try {
                ServerEndpointConfig config = server.endpointConfig("/signal");
                SessionEndpoint endpoint = config.getConfigurator().getEndpointInstance(SessionEndpoint.class);
                VERDICT.leaveIn(config.getUserProperties());
                endpoint.onOpen(session, config);
                return endpoint;
            } catch (InstantiationException e) {
                throw new AssertionError(e);
            }
        }

        void text(String text) {
            Objects.requireNonNull(last).onMessage(text, true);
        }

        void close(SessionEndpoint endpoint) {
            endpoint.onClose(session, new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, ""));
        }
    }
}
