package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("6: a live room whose signal server is killed")
@ExtendWith(StageExtension.class)
class LiveServerRestartIT {

    private static final String ROOM = "restart";
    private static final Duration AWAY = Duration.ofSeconds(3);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("keeps its video, is back by itself within 5 s of the server, and the next viewer gets video")
    void keepsItsVideo(BrowserKind from, BrowserKind to, Stage stage) {
        var streamer = LiveRoom.open(stage, from, ROOM).startCamera();
        var viewer = LiveRoom.open(stage, to, ROOM);
        viewer.awaitVideo();
        var watched = Blinking.watch(viewer.page(), LiveRoom.PICTURE);

        stage.demo().kill();
        viewer.awaitServer("reconnecting");
        streamer.awaitServer("reconnecting");
        Pause.of(AWAY);
        stage.demo().startAgain();
        var back = System.nanoTime();
        viewer.awaitServer("open");
        streamer.awaitServer("open");
        var took = Duration.ofNanos(System.nanoTime() - back);
        assertTrue(took.compareTo(BACK_WITHIN) < 0, took::toString);

        var late = LiveRoom.open(stage, to, ROOM);
        late.awaitVideo();
        viewer.awaitVideo();
        streamer.awaitWatchedBy(2);
        assertEquals(1, DemoPage.connectionsMade(viewer.page()));
        assertTrue(watched.longest().compareTo(Duration.ofSeconds(1)) < 0, watched.longest()::toString);
    }
}
