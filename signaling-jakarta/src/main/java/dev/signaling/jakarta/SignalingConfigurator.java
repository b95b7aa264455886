package dev.signaling.jakarta;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The handshake: checks who wants to connect, agrees on the subprotocol, and hands each new endpoint the server that it
 * belongs to.
 *
 * <p>The container's own place for the origin check, which would answer 403, knows nothing of the host that the page asked
 * for, nor of anything else. So the checks are made in {@link #modifyHandshake}, unless a filter in front has made them: a
 * session that is refused there is opened and at once closed with 1008, before the hub knows of it.
 */
public final class SignalingConfigurator extends ServerEndpointConfig.Configurator {

    private final SignalingServer server;

    /**
     * For the container, which makes one for each deployed {@link SignalingEndpoint}: its server is made of what the host
     * configures, without a servlet context.
     *
     * @throws IllegalStateException if the configuration is wrong, or if there is no JSON-B
     * @throws jakarta.json.bind.JsonbException if there is no implementation of JSON-B
     */
    public SignalingConfigurator() {
        this(Deployment.withoutServlets().server());
    }

    SignalingConfigurator(SignalingServer server) {
        this.server = server;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, Object> properties = config.getUserProperties();
        Verdict verdict = server.gate().found().orElseGet(() -> server.gate().judge(handshake(request, properties)));
        if (!VertxRequest.leave(verdict)) {
            verdict.leaveIn(properties);
        }
    }

    private static Handshake handshake(HandshakeRequest request, Map<String, Object> properties) {
        // containers differ in the case of the names
        Map<String, List<String>> headers = request.getHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> List.copyOf(header.getValue()),
                        (first, second) -> first));
        @Nullable String query = request.getQueryString();
        return new Handshake(
                Optional.ofNullable(request.getUserPrincipal()),
                headers,
                Query.parameters(query == null ? "" : query),
                Gate.tokens(headers.getOrDefault("sec-websocket-protocol", List.of()).stream()),
                RemoteAddress.of(request, properties));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) throws InstantiationException {
        if (endpointClass == SessionEndpoint.class) {
            return endpointClass.cast(new SessionEndpoint(server, VertxRequest.found()));
        }
        T endpoint = super.getEndpointInstance(endpointClass);
        if (endpoint instanceof SignalingEndpoint annotated) {
            annotated.belongTo(server, VertxRequest.found());
        }
        return endpoint;
    }

    /** The first that the client asked for and the server has a dialect for; none if there is no such. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return server.subprotocol(Gate.tokens(requested.stream())).orElse("");
    }

    /** No compression: signaling is small, and a compressed secret can be guessed by its length. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
