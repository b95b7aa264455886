package dev.signaling.demo;

import dev.signaling.jakarta.Handshake;
import dev.signaling.jakarta.IceServersResponse;
import dev.signaling.jakarta.SignalingServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Tells ICE servers over plain HTTP, beside both endpoints, for pages whose format has no words for them. */
final class IceServersPage {

    private static final Set<String> PATHS = Set.of("/signal/ice-servers", "/ice-servers");

    private final SignalingServer signaling;

    IceServersPage(SignalingServer signaling) {
        this.signaling = signaling;
    }

    /** Whether that path, decoded, is where they are told. */
    static boolean isAt(String path) {
        return PATHS.contains(path);
    }

    void answer(Request request, Response response) throws IOException {
        IceServersResponse answer = signaling.iceServers(request.getMethod().getMethodString(), handshake(request));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }

    private static Handshake handshake(Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : request.getHeaderNames()) {
            headers.put(
                    name,
                    StreamSupport.stream(request.getHeaders(name).spliterator(), false)
                            .toList());
        }
        return new Handshake(
                Optional.empty(),
                headers,
                Map.of(), // nobody here looks for a token in it
                List.of(),
                Optional.ofNullable(request.getRemoteAddr()));
    }
}
