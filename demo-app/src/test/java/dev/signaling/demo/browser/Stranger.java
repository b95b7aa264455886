package dev.signaling.demo.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Somebody without a page who sends the signal server texts without end, and comes back when thrown out. */
final class Stranger implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 50;
    private static final int SECONDS_TO_ANSWER = 10;

    private final URI endpoint;
    private final List<String> texts;
    private final int textsPerTick;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private @Nullable WebSocket socket;
    private int next;

    private Stranger(URI endpoint, int textsPerSecond, List<String> texts) {
        this.textsPerTick = textsPerSecond / TICKS_PER_SECOND;
        this.endpoint = endpoint;
        this.texts = texts;
    }

    /** Lets one loose who sends these texts over and over, beginning with the first whenever the connection is new. */
    static Stranger sending(URI endpoint, int textsPerSecond, List<String> texts) {
        var stranger = new Stranger(endpoint, textsPerSecond, texts);
        var unused = stranger.clock.scheduleWithFixedDelay(
                stranger::send, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
        return stranger;
    }

    /** How many texts were sent until now. */
    int sent() {
        return sent.get();
    }

    private void send() {
        try {
            var to = connected();
            for (int i = 0; i < textsPerTick; i++) {
                to.sendText(texts.get(next++ % texts.size()), true)
                        .orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                        .join();
                sent.incrementAndGet();
            }
        } catch (CompletionException e) {
            // Thrown out, or not let in: comes back at the next tick.
            socket = null;
        }
    }

    private WebSocket connected() {
        if (socket == null || socket.isOutputClosed()) {
            next = 0;
            socket = client.newWebSocketBuilder()
                    .buildAsync(endpoint, new WebSocket.Listener() {})
                    .orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                    .join();
        }
        return socket;
    }

    @Override
    public void close() {
        clock.shutdown();
        try {
            if (!clock.awaitTermination(2 * SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
                throw new AssertionError("The stranger does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (socket != null) {
            socket.abort();
        }
    }
}
