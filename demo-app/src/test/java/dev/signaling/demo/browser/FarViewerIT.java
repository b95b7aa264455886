package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("scenario")
@DisplayName("14: a viewer on another network, in a live room")
@ExtendWith(StageExtension.class)
class FarViewerIT {

    private static final String ROOM = "far-away";
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    @ParameterizedTest(name = "{1} s, in {0}")
    @CsvSource({"CHROMIUM, 5", "FIREFOX, 5", "CHROMIUM, 40", "FIREFOX, 40"})
    @DisplayName("whose network is cut has video again within 10 s of its return")
    void survivesACut(BrowserKind kind, int seconds, Stage stage) {
        var network = stage.farNetwork();
        var viewer = watching(kind, network, stage);

        var watched = Blinking.watch(viewer.page(), LiveRoom.PICTURE);
        network.unplug();
        Pause.of(Duration.ofSeconds(seconds));
        assertTrue(watched.longest().compareTo(Duration.ofSeconds(seconds - 2)) > 0, "the cut was none");
        network.plugIn();

        viewer.awaitVideo(BACK_WITHIN);
        viewer.awaitServer("open");
    }

    @ParameterizedTest(name = "in {0}")
    @EnumSource
    @DisplayName("who gets another address has video again within 10 s")
    void survivesAMove(BrowserKind kind, Stage stage) {
        var network = stage.farNetwork();
        var viewer = watching(kind, network, stage);

        var watched = Blinking.watch(viewer.page(), LiveRoom.PICTURE);
        var start = System.nanoTime();
        network.move();
        viewer.page()
                .waiting("the video to stand still")
                .until(() -> watched.longest().toMillis() > 1_000);

        viewer.awaitVideo(BACK_WITHIN.minusNanos(System.nanoTime() - start));
        viewer.awaitServer("open");
        assertEquals(1, DemoPage.connectionsOpen(viewer.page()));
    }

    private static LiveRoom watching(BrowserKind kind, FarNetwork network, Stage stage) {
        // a browser of its own: one that was there before the network resolves no name of that (RFC 6762)
        LiveRoom.at(stage.open(other(kind), Camera.LIFELIKE, "/live/" + ROOM)).startCamera();
        var viewer = LiveRoom.at(stage.open(kind, network, "/live/" + ROOM));
        viewer.awaitVideo();
        return viewer;
    }

    private static BrowserKind other(BrowserKind kind) {
        return kind == BrowserKind.CHROMIUM ? BrowserKind.FIREFOX : BrowserKind.CHROMIUM;
    }
}
