package dev.signaling.demo.browser;

import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * Whether video flows into an element: between two looks its connection has decoded more frames, it has played on, and
 * the picture is not black and has changed. The picture is compared by a hash of its pixels, because a browser's
 * made-up camera may be one colour that moves.
 */
final class VideoProof {

    private static final String LOOK = Browser.resource("look.js");
    private static final double LIT_SHARE_OF_A_PICTURE = 0.02;
    private static final int MORE_FRAMES = 5;

    private record Look(int framesDecoded, double currentTime, long hash, double litShare) {

        static Look at(Page page, String video) {
            JsonObject look = page.run(LOOK, video).asJsonObject();
            return new Look(
                    look.getInt("framesDecoded"),
                    look.getJsonNumber("currentTime").doubleValue(),
                    look.getJsonNumber("hash").longValue(),
                    look.getJsonNumber("litShare").doubleValue());
        }

        boolean isPicture() {
            return litShare > LIT_SHARE_OF_A_PICTURE;
        }

        boolean follows(Look before) {
            return isPicture()
                    && framesDecoded >= before.framesDecoded + MORE_FRAMES
                    && currentTime > before.currentTime
                    && hash != before.hash;
        }
    }

    private VideoProof() {}

    /** Waits until video from a peer is seen to flow in the element, from now on. */
    static void flows(Page page, String video) {
        flows(page, video, Page.PATIENCE);
    }

    static void flows(Page page, String video, Duration atMost) {
        Look[] before = {
            page.waiting("a picture in " + video).atMost(atMost).until(() -> Look.at(page, video), Look::isPicture)
        };
        page.waiting("video that flows in " + video + " after " + before[0])
                .atMost(atMost)
                .until(() -> Look.at(page, video), look -> {
                    if (look.currentTime < before[0].currentTime) {
                        before[0] = look; // another stream has taken the place of the first
                    }
                    return look.follows(before[0]);
                });
    }
}
