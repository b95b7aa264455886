package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonNumber;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("scenario")
@DisplayName("14: a tab that is hidden")
@ExtendWith(StageExtension.class)
class HiddenTabIT {

    private static final String ROOM = "hidden";
    /** As Chromium's "intensive throttling" does; its tests' mode has none. */
    private static final Duration TIMERS = Duration.ofMinutes(1);

    private static final Duration HIDDEN = Duration.ofSeconds(75);

    @Test
    @DisplayName("and whose timers run once a minute stays in its room, over the same connection")
    void staysInItsRoom(Stage stage) {
        var viewer = LiveRoom.at(stage.openThrottled(TIMERS, "/live/" + ROOM));
        var streamer = LiveRoom.open(stage, BrowserKind.CHROMIUM, ROOM).startCamera();
        viewer.awaitVideo();
        var before = streamer.people();
        var page = viewer.page();
        page.evaluate(
                """
                (() => {
                  document.querySelector('#picture').muted = true; // a page that is heard is not throttled
                  globalThis.ticks = 0;
                  const count = () => {
                    globalThis.ticks += document.hidden ? 1 : 0;
                    setTimeout(count, 100);
                  };
                  count();
                })()
                """);

        var front = page.hide();
        page.awaitTrue("document.visibilityState === 'hidden'");
        Pause.of(HIDDEN);
        assertEquals(before, streamer.people(), "the same people under the same ids");
        var ticks = ((JsonNumber) page.evaluate("ticks")).intValue();
        assertTrue(ticks < 10, "the timers were not throttled: " + ticks);
        front.close();

        page.awaitTrue("document.visibilityState === 'visible'");
        viewer.awaitVideo();
        viewer.awaitServer("open");
        assertEquals(before, streamer.people());
        assertEquals(1, DemoPage.connectionsMade(page));
        assertFalse(stage.demo().output().contains("lost"), stage.demo().output());
    }
}
