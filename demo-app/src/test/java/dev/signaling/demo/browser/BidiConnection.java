package dev.signaling.demo.browser;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One WebDriver BiDi session's wire (W3C, WebDriver BiDi, section 3): commands with an id, each answered by a result or
 * an error, and events in between. Every wait has a bound. Safe for use by many threads.
 */
final class BidiConnection implements AutoCloseable {

    /** An event as the browser sent it. */
    record Event(String method, JsonObject params) {}

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final JsonProvider JSON = JsonProvider.provider();

    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private final List<Consumer<Event>> listeners = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private BidiConnection(URI address) {
        // the HttpClient lives as long as its socket does
        socket = within(HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(ANSWERED_WITHIN)
                .buildAsync(address, new Incoming()));
    }

    static BidiConnection open(URI address) {
        return new BidiConnection(address);
    }

    /** Calls the listener with every event, on the socket's thread: it must not wait for anything. */
    void listen(Consumer<Event> listener) {
        listeners.add(listener);
    }

    /**
     * Sends a command and waits for its result.
     *
     * @throws BidiException if the browser answers with an error
     */
    JsonObject call(String method, JsonObject params) {
        var id = lastId.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        pending.put(id, answer);
        try {
            send(JSON.createObjectBuilder()
                    .add("id", id)
                    .add("method", method)
                    .add("params", params)
                    .build()
                    .toString());
            return within(answer);
        } catch (BidiException e) {
            throw new BidiException(method + ": " + e.getMessage(), e);
        } finally {
            pending.remove(id);
        }
    }

    /** A WebSocket of java.net.http takes one text at a time. */
    private synchronized void send(String text) {
        within(socket.sendText(text, true));
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static <T> T within(CompletableFuture<T> answer) {
        try {
            return answer.get(ANSWERED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BidiException(e.toString(), e);
        } catch (TimeoutException e) {
            throw new BidiException("no answer within " + ANSWERED_WITHIN, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BidiException("interrupted", e);
        }
    }

    private void receive(String text) {
        JsonObject message;
        try (var reader = JSON.createReader(new StringReader(text))) {
            message = reader.readObject();
        }
        var kind = message.getString("type");
        if (kind.equals("event")) {
            var event = new Event(message.getString("method"), message.getJsonObject("params"));
            listeners.forEach(listener -> listener.accept(event));
            return;
        }
        var id = message.get("id");
        var answer = id == null || id == JsonValue.NULL
                ? null
                : pending.get(message.getJsonNumber("id").longValue());
        if (answer == null) {
            return;
        }
        if (kind.equals("success")) {
            answer.complete(message.getJsonObject("result"));
        } else {
            answer.completeExceptionally(
                    new BidiException(message.getString("error") + ": " + message.getString("message", "")));
        }
    }

    private void fail(String reason) {
        pending.values().forEach(answer -> answer.completeExceptionally(new BidiException(reason)));
    }

    /** Gathers the parts of a text, which java.net.http hands over as they come. */
    private final class Incoming implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        @SuppressWarnings("NullAway") // null is this method's word for "done with the data"
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var whole = text.toString();
                text.setLength(0);
                receive(whole);
            }
            from.request(1);
            return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            fail("the browser closed the connection: " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            fail("the connection to the browser broke: " + error);
        }
    }
}
