package dev.signaling.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A client that sends whatever text it is given and keeps every text that it gets. */
final class TextPeer implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final long SECONDS = 10;

    private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(4_096);
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    /** Connects as a page of that origin, or as no page, and asks for no subprotocol. */
    TextPeer(int port, Optional<String> origin) {
        this(port, origin, Optional.empty());
    }

    /**
     * Connects as a page of that origin, or as no page, and asks for that subprotocol, or for these, parted by "and", or for
     * none.
     *
     * @throws java.util.concurrent.CompletionException if the handshake is refused
     */
    TextPeer(int port, Optional<String> origin, Optional<String> subprotocols) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        origin.ifPresent(page -> builder.header("Origin", page));
        subprotocols
                .map(asked -> asked.split(" and ", -1))
                .ifPresent(asked -> builder.subprotocols(asked[0], Arrays.copyOfRange(asked, 1, asked.length)));
        socket = within(builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/signal"), this));
    }

    void send(String text) {
        within(socket.sendText(text, true));
    }

    void sendBinary() {
        within(socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true));
    }

    /** The next text, or "close", code and reason; waits a while for it. */
    String next() throws InterruptedException {
        return Optional.ofNullable(heard.poll(SECONDS, TimeUnit.SECONDS)).orElse("nothing in " + SECONDS + " s");
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
        heard.add("close " + code + " " + reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket source, Throwable failure) {
        heard.add(failure.toString());
    }

    /** Says that it goes. */
    void sendClose(int code) {
        within(socket.sendClose(code, ""));
    }

    /** Is gone without a word. */
    @Override
    public void close() {
        socket.abort();
    }

    private static <T> T within(CompletableFuture<T> future) {
        return future.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }
}
