package dev.signaling.demo;

import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Tells a page that was opened under {@code localhost} under which origins other devices find this server, for the links
 * that it offers. Others know an address already, and get none.
 */
final class LocalOrigins {

    private volatile List<String> origins = List.of();

    /** What to tell. */
    void set(List<String> reachable) {
        origins = List.copyOf(reachable);
    }

    void answer(Request request, Response response) throws IOException {
        boolean isLocal = InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        response.setContentType("application/json");
        response.getWriter()
                .write(Json.createArrayBuilder(isLocal ? origins : List.of()).build() + "\n");
    }
}
