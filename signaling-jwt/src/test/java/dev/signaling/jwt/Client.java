package dev.signaling.jwt;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that keeps what it hears, and in the end the close code and reason. */
final class Client implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Client(int port, String query, Map<String, String> headers, List<String> subprotocols) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (!subprotocols.isEmpty()) {
            String[] more = subprotocols.subList(1, subprotocols.size()).toArray(String[]::new);
            builder.subprotocols(subprotocols.get(0), more);
        }
        URI address = URI.create("ws://127.0.0.1:" + port + "/signal" + query);
        socket = builder.buildAsync(address, this).join();
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    String next() throws InterruptedException {
        @Nullable String text = heard.poll(20, TimeUnit.SECONDS);
        return text == null ? "nothing" : text;
    }

    @Override
    public CompletionStage<?> onText(WebSocket source, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        source.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket source, int code, String reason) {
        heard.add(code + " " + reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket source, Throwable failure) {
        heard.add(failure.toString());
    }

    @Override
    public void close() {
        socket.abort();
    }
}
