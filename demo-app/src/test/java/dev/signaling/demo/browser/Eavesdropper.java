package dev.signaling.demo.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A member of a channel without a page, who notes from whom it hears and sends offers to people it does not know. */
final class Eavesdropper implements AutoCloseable {

    private static final int SECONDS_TO_ANSWER = 10;

    private final String channel;
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    Eavesdropper(URI endpoint, String channel) {
        this.channel = channel;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("signaling.v1")
                .buildAsync(endpoint, new Ear())
                .orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                .join();
        send(Json.createObjectBuilder()
                .add("type", "join-channel")
                .add("channel", channel)
                .add("role", "viewer")
                .build());
    }

    /** Whose signals came, one entry each. */
    List<String> senders() {
        return List.copyOf(senders);
    }

    void offerTo(String peer) {
        send(Json.createObjectBuilder(offer()).add("to", peer).build());
    }

    void offerToAll() {
        send(offer());
    }

    private JsonObject offer() {
        return Json.createObjectBuilder()
                .add("type", "signal")
                .add("channel", channel)
                .add(
                        "data",
                        Json.createObjectBuilder()
                                .add(
                                        "description",
                                        Json.createObjectBuilder()
                                                .add("type", "offer")
                                                .add("sdp", "v=0")))
                .build();
    }

    private void send(JsonObject message) {
        socket.sendText(message.toString(), true)
                .orTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        @SuppressWarnings("NullAway") // null is this method's word for "done"
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                hear(Json.createReader(new StringReader(text.toString())).readObject());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void hear(JsonObject message) {
            if (message.getString("type").equals("signal")) {
                senders.add(message.getString("from"));
            }
        }
    }
}
