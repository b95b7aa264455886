package dev.signaling.servers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of the JDK's. Texts that it gets wait in a queue to be read. Sends from one thread. */
final class WirePeer implements WebSocket.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<String> texts = new ArrayBlockingQueue<>(20_000);
    private final StringBuilder text = new StringBuilder();
    private volatile boolean toldToGo;
    private final WebSocket socket;

    WirePeer(URI signal, Optional<String> subprotocol) {
        this(signal, subprotocol, Map.of());
    }

    WirePeer(URI signal, Optional<String> subprotocol, Map<String, String> headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        subprotocol.ifPresent(builder::subprotocols);
        socket = builder.buildAsync(signal, this)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** One of the tutorial's format that is a member of that channel. */
    static WirePeer joined(URI signal, String channel) {
        WirePeer peer = new WirePeer(signal, Optional.empty());
        peer.join(channel);
        return peer;
    }

    /** Becomes a member of that channel, first of all. */
    void join(String channel) {
        String greeting = next();
        send("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}");
        String joined = next();
        if (!greets(greeting) || !joined.startsWith("{\"type\":\"joined-channel\"")) {
            throw new AssertionError("no greeting and joined-channel but " + greeting + " and " + joined);
        }
    }

    /** Whether that is how a connection begins. */
    static boolean greets(String text) {
        return text.startsWith("{\"type\":\"connection-established\"");
    }

    /** Whether there is an endpoint that greets. */
    static boolean answers(URI signal) {
        try (WirePeer peer = new WirePeer(signal, Optional.empty())) {
            return greets(peer.next());
        } catch (CompletionException e) {
            return false; // refused, or no WebSocket yet
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            if (text.indexOf("{\"type\":\"going-away\"") == 0) {
                toldToGo = true;
            }
            texts.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        texts.add("close " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        texts.add("error " + failure);
    }

    void send(String message) {
        socket.sendText(message, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** The next text, or how the connection ended. */
    String next() {
        return poll().orElseThrow(() -> new AssertionError("nothing came for " + PATIENCE));
    }

    private Optional<String> poll() {
        try {
            return Optional.ofNullable(texts.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Whether the server has said that it goes away. */
    boolean isToldToGo() {
        return toldToGo;
    }

    /** How many texts have come that nobody has read. */
    int waiting() {
        return texts.size();
    }

    /** What comes from the farewell on until the connection has ended, in short, such as {@code going-away, 1001}. */
    String farewell() {
        List<String> heard = new ArrayList<>();
        while (true) {
            Optional<String> next = poll();
            if (next.isEmpty() || next.get().matches("(?s)(close|error) .*")) {
                heard.add(next.map(end -> end.startsWith("error") ? end : end.split(" ", 3)[1])
                        .orElse("nothing"));
                return String.join(", ", heard);
            }
            String type = next.get().replaceFirst("(?s)^\\{\"type\":\"([a-z-]+)\".*", "$1");
            if (!heard.isEmpty() || type.equals("going-away")) {
                heard.add(type);
            }
        }
    }

    /** Says goodbye, and does not wait for the answer. */
    void leave() {
        var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
    }

    @Override
    public void close() {
        socket.abort();
    }
}
