package dev.signaling.jakarta;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the endpoint in a servlet container: there a handshake can be refused with a status of HTTP, and the
 * address is known that it comes from. A container that does not ask it loses nothing but that.
 */
record GateFilter(SignalingServer server) implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer
                && "websocket".equalsIgnoreCase(http.getHeader("Upgrade")))) {
            chain.doFilter(request, response);
            return;
        }
        Gate gate = server.gate();
        Verdict verdict = gate.judge(handshake(http));
        if (verdict.isRefused()) {
            refuse(answer, verdict);
            return;
        }
        gate.enter(verdict);
        try {
            chain.doFilter(request, response);
        } finally {
            gate.leave();
        }
    }

    /** Tomcat takes filters out of service first, and closes all sessions by itself before it tells listeners. */
    @Override
    public void destroy() {
        server.close();
    }

    private static void refuse(HttpServletResponse answer, Verdict verdict) throws IOException {
        answer.setStatus(verdict.status());
        if (verdict.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            answer.setHeader("WWW-Authenticate", Gate.CHALLENGE);
        }
        answer.setContentType("text/plain;charset=UTF-8");
        answer.getWriter().println(verdict.refusal());
    }

    static Handshake handshake(HttpServletRequest request) {
        Map<String, List<String>> headers = Collections.list(request.getHeaderNames()).stream()
                .distinct()
                .collect(Collectors.toMap(
                        name -> name, name -> Collections.list(request.getHeaders(name)), (first, second) -> first));
        @Nullable Principal principal = request.getUserPrincipal();
        @Nullable String query = request.getQueryString();
        return new Handshake(
                Optional.ofNullable(principal),
                headers,
                Query.parameters(query == null ? "" : query),
                Gate.tokens(Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()),
                Optional.ofNullable(request.getRemoteAddr()));
    }
}
