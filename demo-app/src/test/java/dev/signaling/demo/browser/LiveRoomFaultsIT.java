package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("scenario")
@DisplayName("Step 4, what people and strangers do in a live room")
@ExtendWith(StageExtension.class)
class LiveRoomFaultsIT {

    private static final String ROOM = "quiet-heron-7";

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("4: a viewer who reloads gets video again, and when it leaves the next one does")
    void viewersComeAndGo(BrowserKind from, BrowserKind to, Stage stage) {
        var streamer = LiveRoom.open(stage, from, ROOM).startCamera();
        var viewer = LiveRoom.open(stage, to, ROOM);
        viewer.awaitVideo();
        viewer.reload();
        viewer.awaitVideo();
        streamer.awaitWatchedBy(1);
        assertEquals(1, DemoPage.connectionsOpen(streamer.page()));

        viewer.page().open(stage.demo().page("/"));
        streamer.awaitWatchedBy(0);
        assertEquals(0, DemoPage.connectionsOpen(streamer.page()));
        LiveRoom.open(stage, to, ROOM).awaitVideo();
        streamer.awaitWatchedBy(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("7: nothing can be pressed twice before the camera answers")
    void waitsForTheCamera(BrowserKind kind, Stage stage) {
        var room = LiveRoom.open(stage, kind, ROOM);
        SlowCamera.in(room.page());
        room.pressStartCamera();
        room.awaitStatus("camera");
        for (var button : new String[] {"#camera", "#screen"}) {
            assertEquals(
                    JsonValue.FALSE,
                    room.page()
                            .evaluate("(({ disabled, hidden }) => !disabled && !hidden)(document.querySelector('"
                                    + button + "'))"),
                    button);
        }
        room.page().evaluate("document.querySelector('#camera').click()");

        SlowCamera.answers(room.page());
        room.page().waiting("being the streamer").until(room::role, "streamer"::equals);
        LiveRoom.open(stage, kind, ROOM).awaitVideo();
        assertEquals("", DemoPage.error(room.page()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("8: who starts the camera while the server is away streams once it is there")
    void whatWasPressedMeanwhileIsDone(BrowserKind kind, Stage stage) {
        var viewer = LiveRoom.open(stage, kind, ROOM);
        var streamer = LiveRoom.open(stage, kind, ROOM);
        stage.demo().kill();
        streamer.awaitServer("reconnecting");
        streamer.pressStartCamera();

        stage.demo().startAgain();
        viewer.awaitVideo();
        streamer.awaitWatchedBy(1);
        assertEquals("", DemoPage.error(streamer.page()));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("12: a stranger in the room reaches no viewer and overhears none")
    void aStrangerReachesNoViewer(BrowserKind from, BrowserKind to, Stage stage) {
        try (var stranger = new Eavesdropper(stage.demo().signal(), "live-" + ROOM)) {
            var viewer = LiveRoom.open(stage, to, ROOM);
            var streamer = LiveRoom.open(stage, from, ROOM).startCamera();
            viewer.awaitVideo();
            for (var each : streamer.people()) {
                stranger.offerTo(each.peer());
            }
            stranger.offerToAll();

            LiveRoom.open(stage, to, ROOM).awaitVideo();
            viewer.awaitVideo();
            assertEquals(1, DemoPage.connectionsMade(viewer.page()));
            assertEquals("", DemoPage.error(viewer.page()));
            var streaming = streamer.people().get(0).peer();
            assertFalse(stranger.senders().isEmpty(), "the streamer's own offer to it is its own to hear");
            assertTrue(stranger.senders().stream().allMatch(streaming::equals), stranger.senders()::toString);
        }
    }
}
