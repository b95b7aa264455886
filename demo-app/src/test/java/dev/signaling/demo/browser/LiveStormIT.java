package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("11, 13: a stranger who does what killed simpler servers")
@ExtendWith(StageExtension.class)
class LiveStormIT {

    private static final String ROOM = "storm";
    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("is stopped: names without end, and a frame of 30 MB that reaches nobody; the room goes on")
    void doesNotDisturbTheRoom(BrowserKind from, BrowserKind to, Stage stage) throws Exception {
        var streamer = LiveRoom.open(stage, from, ROOM).startCamera();
        var viewer = LiveRoom.open(stage, to, ROOM);
        viewer.awaitVideo();
        var watched = Blinking.watch(viewer.page(), LiveRoom.PICTURE);
        var names =
                IntStream.range(0, 100_000).mapToObj(i -> "{\"type\":\"join-channel\",\"channel\":\"name-" + i + "\"}");
        try (var joiner = Stranger.sending(
                stage.demo().signal(),
                1_000,
                List.of("hello", "null", "{\"type\":\"join-channel\",\"channel\":\"__proto__\"}"))) {
            var closed = new CompletableFuture<Integer>();
            var socket = open(stage, closed);
            names.limit(40).forEach(name -> socket.sendText(name, true).join());
            var part = "x".repeat(MEGABYTE);
            for (var i = 0; i < 30 && !closed.isDone(); i++) {
                // the server ends it in the middle: what is sent after that fails
                socket.sendText(part, i == 29).exceptionally(failure -> socket).join();
            }
            // who is still writing then may find the connection broken before it reads why
            assertTrue(List.of(1009, 1006).contains(closed.get(20, TimeUnit.SECONDS)), closed::toString);

            LiveRoom.open(stage, to, ROOM).awaitVideo();
            viewer.awaitVideo();
            streamer.awaitWatchedBy(2);
            assertTrue(joiner.sent() > 0);
        }
        assertTrue(watched.longest().toMillis() < 1_000, watched.longest()::toString);
        assertEquals(1, DemoPage.connectionsMade(viewer.page()));
    }

    private static WebSocket open(Stage stage, CompletableFuture<Integer> closed) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(stage.demo().signal(), new WebSocket.Listener() {
                    @Override
                    @SuppressWarnings("NullAway") // null is this method's word for "done"
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket from, Throwable error) {
                        closed.complete(1006);
                    }
                })
                .join();
    }
}
