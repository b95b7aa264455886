package dev.signaling.demo.browser;

import static dev.signaling.demo.browser.BrowserKind.CHROMIUM;
import static dev.signaling.demo.browser.BrowserKind.FIREFOX;

/** The ways from a streamer to a viewer: two windows of one browser, or two windows anywhere by way of the server. */
enum Route {
    STEP_2_IN_CHROMIUM(2, CHROMIUM, CHROMIUM),
    STEP_2_IN_FIREFOX(2, FIREFOX, FIREFOX),
    STEP_3_IN_CHROMIUM(3, CHROMIUM, CHROMIUM),
    STEP_3_IN_FIREFOX(3, FIREFOX, FIREFOX),
    STEP_3_FROM_CHROMIUM_TO_FIREFOX(3, CHROMIUM, FIREFOX),
    STEP_3_FROM_FIREFOX_TO_CHROMIUM(3, FIREFOX, CHROMIUM);

    private final int step;
    private final BrowserKind streamer;
    private final BrowserKind viewer;

    Route(int step, BrowserKind streamer, BrowserKind viewer) {
        this.step = step;
        this.streamer = streamer;
        this.viewer = viewer;
    }

    Page openStreamer(Stage stage) {
        return stage.open(streamer, "/step" + step + "/streamer.html");
    }

    Page openViewer(Stage stage) {
        return stage.open(viewer, "/step" + step + "/index.html");
    }

    /** Opens both ends, the viewer first, and goes live: returns when the video flows and both say so. */
    Call connect(Stage stage) {
        var viewer = openViewer(stage);
        DemoPage.awaitState(viewer, "waiting");
        var streamer = openStreamer(stage);
        var call = new Call(streamer, viewer);
        DemoPage.goLive(streamer);
        call.awaitVideo();
        return call;
    }

    /** Two pages that are about to talk, or do. */
    record Call(Page streamer, Page viewer) {

        void awaitVideo() {
            VideoProof.flows(viewer, "#remote");
            DemoPage.awaitState(viewer, "connected");
            DemoPage.awaitState(streamer, "connected");
        }
    }

    @Override
    public String toString() {
        return "step " + step + ", " + streamer + " to " + viewer;
    }
}
