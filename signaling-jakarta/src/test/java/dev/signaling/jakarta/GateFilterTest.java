package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.spi.Identity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateFilterTest {

    private final List<Handshake> asked = new ArrayList<>();
    private final SignalingServer server = SignalingServer.builder(SignalingHub.ofDefaults())
            .authenticator(handshake -> {
                asked.add(handshake);
                return handshake
                        .parameter("name")
                        .map(name -> Authentication.granted(new Identity(
                                Optional.of(name),
                                Map.of("at", handshake.remoteAddress().orElse("?")))))
                        .orElse(
                                handshake.header("Authorization").isPresent()
                                        ? Authentication.forbidden()
                                        : Authentication.unauthenticated());
            })
            .build();
    private final GateFilter filter = new GateFilter(server);
    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final StringWriter body = new StringWriter();
    private final Map<String, Object> properties = new HashMap<>();

    private static HttpServletRequest request(Map<String, String> headers, String query) {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getHeader(anyString())).then(call -> headers.get(call.<String>getArgument(0)));
        when(request.getHeaderNames()).then(call -> Collections.enumeration(headers.keySet()));
        when(request.getHeaders(anyString()))
                .then(call -> Collections.enumeration(Optional.ofNullable(headers.get(call.<String>getArgument(0)))
                        .map(List::of)
                        .orElse(List.of())));
        when(request.getQueryString()).thenReturn(query);
        when(request.getRemoteAddr()).thenReturn("192.0.2.7");
        Principal principal = mock(Principal.class);
        when(request.getUserPrincipal()).thenReturn(principal);
        return request;
    }

    /** What the container does behind the filter. */
    private void shakeHands() {
        ServerEndpointConfig config = mock(ServerEndpointConfig.class);
        when(config.getUserProperties()).thenReturn(properties);
        HandshakeRequest inside = mock(HandshakeRequest.class);
        when(inside.getHeaders()).thenReturn(Map.of());
        new SignalingConfigurator(server).modifyHandshake(config, inside, mock(HandshakeResponse.class));
    }

    private FilterChain pass(Map<String, String> headers, String query) throws Exception {
        FilterChain chain = mock(FilterChain.class);
        when(response.getWriter()).thenReturn(new PrintWriter(body));
        doAnswer(call -> {
                    shakeHands();
                    return null;
                })
                .when(chain)
                .doFilter(any(), any());
        filter.doFilter(request(headers, query), response, chain);
        return chain;
    }

    @Test
    void theVerdictReachesTheSessionAndTheAuthenticatorIsAskedOnce() throws Exception {
        pass(Map.of("Upgrade", "WebSocket", "X-Group", "staff"), "name=%C5%BB");
        assertEquals(
                Verdict.granted(
                        new Identity(Optional.of("Ż"), Map.of("at", "192.0.2.7")), Network.address("192.0.2.7")),
                Verdict.of(new HashMap<>(), properties));
        assertEquals(1, asked.size());
        assertEquals(Optional.of("staff"), asked.get(0).header("x-group"));
        assertTrue(asked.get(0).principal().isPresent());
    }

    @Test
    void aRefusalIsAnsweredWithAStatus() throws Exception {
        FilterChain chain = pass(Map.of("Upgrade", "websocket"), "");
        verify(response).setStatus(401);
        verify(response).setHeader(anyString(), anyString());
        verify(chain, never()).doFilter(any(), any());
        assertEquals("authentication-refused", body.toString().strip());

        pass(Map.of("Upgrade", "websocket", "Authorization", "Bearer x"), "");
        verify(response).setStatus(403);
    }

    @Test
    void aStrangersPageIsRefusedBeforeTheAuthenticatorIsAsked() throws Exception {
        pass(Map.of("Upgrade", "websocket", "Origin", "http://evil.example", "Host", "example.org"), "name=ann");
        verify(response).setStatus(403);
        assertEquals(List.of(), asked);
    }

    @Test
    void whatIsNoHandshakeIsNoneOfItsBusiness() throws Exception {
        FilterChain chain = mock(FilterChain.class);
        filter.doFilter(request(Map.of(), ""), response, chain);
        verify(chain).doFilter(any(), any());
        assertEquals(List.of(), asked);
    }

    @Test
    void withoutTheFilterTheConfiguratorAsks() {
        shakeHands();
        assertEquals(
                "authentication-refused",
                Verdict.of(new HashMap<>(), properties).refusal());
        assertEquals(1, asked.size());
    }

    @Test
    void aVerdictIsForOneHandshakeAlone() throws Exception {
        pass(Map.of("Upgrade", "websocket"), "name=ann");
        properties.clear();
        shakeHands();
        assertTrue(Verdict.of(new HashMap<>(), properties).isRefused());
    }

    @Test
    void closesTheServerWhenItIsTakenOutOfService() {
        SignalingServer open = SignalingServer.of(SignalingHub.ofDefaults());
        FakeSession peer = FakeSession.open(open);
        new GateFilter(open).destroy();
        assertEquals(Optional.of("1001 going-away"), peer.closed());
    }

    @Test
    void anAuthenticatorThatDoesNotAnswerHasRefused() {
        @SuppressWarnings("NullAway") // what a host's code may do all the same
        Authenticator silent = handshake -> null;
        Gate gate = new Gate(
                OriginPolicy.anyone(),
                Proxies.NONE,
                new AddressPlaces(Limits.builder().connectionsPerAddress(1).build(), System::nanoTime),
                silent,
                subprotocols -> true);
        Handshake handshake = new Handshake(Optional.empty(), Map.of(), Map.of(), List.of(), Optional.empty());
        assertEquals(Verdict.refused("authentication-refused", 403), gate.judge(handshake));
    }
}
