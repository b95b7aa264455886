package dev.signaling.jakarta;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers who asks for ICE servers over plain HTTP, in a servlet container. The {@link SignalingContextListener} adds it below
 * the endpoint's path, as {@code /signal/ice-servers}, where it may; elsewhere a host adds it itself, to a path of that form.
 */
public final class IceServersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient SignalingServer server;

    /** Answers for that server. */
    public IceServersServlet(SignalingServer server) {
        this.server = server;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        IceServersResponse answer = server.iceServers(request.getMethod(), GateFilter.handshake(request));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
