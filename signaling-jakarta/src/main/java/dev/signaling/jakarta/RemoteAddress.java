package dev.signaling.jakarta;

import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address from which a handshake comes, where no filter could ask: Jakarta WebSocket has no word for it. */
final class RemoteAddress {

    /** Where Jetty tells it. */
    private static final String OF_JETTY = "jakarta.websocket.endpoint.remoteAddress";

    /** What Tyrus's requests are, which tell it. */
    private static final String REQUEST_OF_TYRUS = "org.glassfish.tyrus.core.RequestContext";

    private static final ClassValue<Optional<Method>> ASKED = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            try {
                return type.getName().equals(REQUEST_OF_TYRUS)
                        ? Optional.of(type.getMethod("getRemoteAddr"))
                        : Optional.empty();
            } catch (NoSuchMethodException e) {
                return Optional.empty();
            }
        }
    };

    private RemoteAddress() {}

    static Optional<String> of(HandshakeRequest request, Map<String, Object> properties) {
        if (properties.get(OF_JETTY) instanceof InetSocketAddress socket && socket.getAddress() != null) {
            return Optional.of(socket.getAddress().getHostAddress());
        }
        return ASKED.get(request.getClass()).flatMap(method -> ask(method, request));
    }

    private static Optional<String> ask(Method method, HandshakeRequest request) {
        try {
            @Nullable Object address = method.invoke(request);
            return Optional.ofNullable(address).map(Object::toString);
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
