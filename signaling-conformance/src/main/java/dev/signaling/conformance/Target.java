package dev.signaling.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The deployment that is looked at, and how to connect to it. */
final class Target {

    private final URI uri;
    private final Settings settings;
    private final SSLContext tls;
    private final HttpClient http;

    Target(URI uri, Settings settings) {
        this.uri = uri;
        this.settings = settings;
        this.tls = settings.insecure() ? Trust.inEverybody() : Trust.asUsual();
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .sslContext(tls)
                .build();
    }

    Settings settings() {
        return settings;
    }

    /** Connects as the settings say. */
    Link connect(List<String> subprotocols) throws IOException, InterruptedException {
        return connect(settings.origin(), subprotocols);
    }

    /**
     * Connects from a page of that origin.
     *
     * @throws HandshakeException if the server answers with another status than 101
     */
    Link connect(Optional<String> origin, List<String> subprotocols) throws IOException, InterruptedException {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(settings.timeout());
        origin.ifPresent(value -> builder.header("Origin", value));
        settings.headers().forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.get(0), subprotocols.stream().skip(1).toArray(String[]::new));
        }
        HttpLink.Ears ears = new HttpLink.Ears();
        try {
            Duration patience = settings.timeout();
            WebSocket socket = builder.buildAsync(uri, ears).get(patience.toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return new HttpLink(socket, ears, patience);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                throw new HandshakeException(refusal.getResponse().statusCode());
            }
            throw new IOException("cannot connect: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer to the handshake", e);
        }
    }

    /** Asks for what is below the endpoint's path, over plain HTTP, as the settings say but from a page of that origin. */
    HttpResponse<String> ask(String method, Optional<String> origin, String below)
            throws IOException, InterruptedException {
        String path = uri.getRawPath().replaceFirst("/$", "") + below;
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        URI address = URI.create((secure() ? "https://" : "http://") + uri.getRawAuthority() + path + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(settings.timeout().plusSeconds(2)) // which has to open a connection besides
                .method(method, HttpRequest.BodyPublishers.noBody());
        origin.ifPresent(value -> request.header("Origin", value));
        settings.headers().forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Connects a client on a bare socket, which does not read yet. */
    SocketLink connectSocket(String subprotocol) throws IOException {
        SocketLink link = tcp();
        int status = link.handshake(request(subprotocol));
        if (status != 101) {
            link.cut();
            throw new HandshakeException(status);
        }
        return link;
    }

    /** A connection that has said nothing yet. Its receive buffer is small, so that one that reads nothing is soon full. */
    SocketLink tcp() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.setTcpNoDelay(true);
        int port = uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
        socket.connect(new InetSocketAddress(uri.getHost(), port), (int)
                settings.timeout().toMillis());
        if (!secure()) {
            return new SocketLink(socket);
        }
        SSLSocket wrapped = (SSLSocket) tls.getSocketFactory().createSocket(socket, uri.getHost(), port, true);
        if (!settings.insecure()) {
            var parameters = wrapped.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            wrapped.setSSLParameters(parameters);
        }
        wrapped.startHandshake();
        return new SocketLink(wrapped);
    }

    private boolean secure() {
        return "wss".equals(uri.getScheme());
    }

    /** The lines that ask for a WebSocket (RFC 6455, section 4.1). */
    String request(String subprotocol) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        StringBuilder lines = new StringBuilder("GET " + path + query + " HTTP/1.1\r\nHost: " + uri.getRawAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        settings.origin()
                .ifPresent(value -> lines.append("Origin: ").append(value).append("\r\n"));
        for (Map.Entry<String, String> header : settings.headers().entrySet()) {
            lines.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (!subprotocol.isEmpty()) {
            lines.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
        }
        return lines.append("\r\n").toString();
    }

    /** The server answered a handshake with another status than 101. */
    static final class HandshakeException extends IOException {

        private static final long serialVersionUID = 1;
        private final int status;

        HandshakeException(int status) {
            super("the handshake was answered with HTTP " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
