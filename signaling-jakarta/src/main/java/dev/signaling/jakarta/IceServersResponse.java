package dev.signaling.jakarta;

import java.util.Map;

/**
 * What {@link SignalingServer#iceServers} answers, for whatever serves HTTP to write down. Its body may hold a credential,
 * which belongs in no log.
 *
 * @param status of HTTP
 * @param headers by their names, {@code Content-Type} among them where there is a body
 * @param body to be written as UTF-8; empty if there is none
 */
public record IceServersResponse(int status, Map<String, String> headers, String body) {

    /** Takes a copy of the headers. */
    public IceServersResponse {
        headers = Map.copyOf(headers);
    }

    /** Does not tell the body. */
    @Override
    public String toString() {
        return "IceServersResponse[status=" + status + "]";
    }
}
