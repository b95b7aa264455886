package dev.signaling.conformance;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The JDK's client, for all that a well-behaved client does. */
final class HttpLink implements Link {

    private static final int WINDOW = Inbox.CAPACITY / 2;

    private final WebSocket socket;
    private final Inbox inbox;
    private final Duration patience;

    HttpLink(WebSocket socket, Ears ears, Duration patience) {
        this.socket = socket;
        this.inbox = ears.inbox;
        this.patience = patience;
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    @Override
    public void send(String text) throws IOException, InterruptedException {
        await(socket.sendText(text, true));
    }

    @Override
    public void close(int code) throws IOException, InterruptedException {
        await(socket.sendClose(code, ""));
    }

    private void await(CompletableFuture<WebSocket> sent) throws IOException, InterruptedException {
        try {
            sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("could not send: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the server does not read", e);
        }
    }

    @Override
    public void cut() {
        socket.abort();
    }

    /** Gathers what comes, and asks for more as it is taken. */
    static final class Ears implements WebSocket.Listener {

        private final Inbox inbox = new Inbox();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public void onOpen(WebSocket socket) {
            inbox.onTaken(() -> socket.request(1));
            socket.request(WINDOW);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                inbox.add(new Heard(parts.toString(), 0));
                parts.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            inbox.add(new Heard("(a binary message)", 0));
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer payload) {
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            inbox.add(new Heard(reason, code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            inbox.add(Heard.lost());
        }
    }
}
