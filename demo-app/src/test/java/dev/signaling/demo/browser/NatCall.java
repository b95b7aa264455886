package dev.signaling.demo.browser;

import java.time.Duration;

/** One who streams at home A, and one who watches at home B, both in a live room. */
record NatCall(LiveRoom streamer, LiveRoom viewer) {

    void awaitVideo() {
        viewer.awaitVideo();
    }

    void awaitVideo(Duration atMost) {
        viewer.awaitVideo(atMost);
    }

    /** Waits until the viewer's page gives a reason that has the words in it. */
    void awaitReason(String words, Duration atMost) {
        var page = viewer.page();
        page.waiting("the words \"" + words + "\"")
                .atMost(atMost)
                .until(() -> page.text("#why"), why -> why.contains(words));
    }

    /** Which kind of path the viewer's page says it has to the streamer. */
    void awaitPath(String kind) {
        for (var room : new LiveRoom[] {viewer, streamer}) {
            room.page()
                    .awaitTrue("[...document.querySelectorAll('#people > li')].some(({ dataset }) => dataset.path === '"
                            + kind + "')");
        }
    }
}
