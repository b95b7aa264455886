package dev.signaling.demo.browser;

import jakarta.json.JsonNumber;
import java.time.Duration;

/**
 * The longest that a video stood still since the watch began: between two frames that the page has shown.
 *
 * <p>Firefox may tell of frames late and of several at once (presentedFrames). Those that nobody was told of have each stood
 * for as long as a frame does at least.
 */
final class Blinking {

    private static final String WATCH =
            """
            (selector) => {
              const video = document.querySelector(selector);
              const SHORTEST_FRAME = 1000 / 30;
              const seen = { at: performance.now(), frames: Infinity, longest: 0 };
              video[Symbol.for('blinking')] = seen;
              const look = (now, { presentedFrames }) => {
                const untold = Math.max(0, presentedFrames - seen.frames - 1);
                seen.longest = Math.max(seen.longest, now - seen.at - untold * SHORTEST_FRAME);
                seen.at = now;
                seen.frames = presentedFrames;
                video.requestVideoFrameCallback(look);
              };
              video.requestVideoFrameCallback(look);
            }
            """;

    private static final String LONGEST =
            """
            (selector) => {
              const seen = document.querySelector(selector)[Symbol.for('blinking')];
              return Math.max(seen.longest, performance.now() - seen.at);
            }
            """;

    private final Page page;
    private final String video;

    private Blinking(Page page, String video) {
        this.page = page;
        this.video = video;
    }

    /** Watches the element's frames from now on (HTMLVideoElement.requestVideoFrameCallback). */
    static Blinking watch(Page page, String video) {
        page.run(WATCH, video);
        return new Blinking(page, video);
    }

    /** The longest stand-still up to now, the present one included. */
    Duration longest() {
        return Duration.ofMillis(((JsonNumber) page.run(LONGEST, video)).longValue());
    }
}
