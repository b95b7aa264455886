package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("2: ten viewers of one live room")
@ExtendWith(StageExtension.class)
class ManyViewersIT {

    private static final String ROOM = "many-viewers";
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration BLINK = Duration.ofSeconds(1);

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName(
            "see video within 3 s of arriving, five before the stream and five after; who comes and goes makes nobody blink")
    void seeVideoAndDoNotBlink(BrowserKind from, BrowserKind to, Stage stage) {
        var viewers = new ArrayList<LiveRoom>();
        for (var i = 0; i < 5; i++) {
            viewers.add(LiveRoom.open(stage, to, ROOM));
        }
        var streamer = LiveRoom.open(stage, from, ROOM);
        SmallCamera.in(streamer.page());
        // from before the start to the first frame is a stand-still too
        var waited = watch(viewers);
        streamer.startCamera();
        for (var early : viewers) {
            early.awaitVideo(SOON);
        }
        assertNoneStoodStill(waited, SOON);
        for (var i = 0; i < 5; i++) {
            var late = LiveRoom.open(stage, to, ROOM);
            late.awaitVideo(SOON);
            viewers.add(late);
        }
        streamer.awaitWatchedBy(10);

        var watched = watch(viewers.subList(2, 10));
        viewers.get(0).page().close();
        viewers.get(1).page().close();
        for (var i = 0; i < 3; i++) {
            LiveRoom.open(stage, to, ROOM).awaitVideo(SOON);
        }
        streamer.awaitWatchedBy(11);
        assertNoneStoodStill(watched, BLINK);
    }

    private static List<Blinking> watch(List<LiveRoom> rooms) {
        return rooms.stream()
                .map(room -> Blinking.watch(room.page(), LiveRoom.PICTURE))
                .toList();
    }

    private static void assertNoneStoodStill(List<Blinking> watched, Duration most) {
        List<Duration> longest = watched.stream().map(Blinking::longest).toList();
        assertTrue(longest.stream().allMatch(each -> each.compareTo(most) < 0), longest::toString);
    }
}
