package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Pages in the tutorial's manner, which know three message types and the path /")
@ExtendWith(StageExtension.class)
class TutorialPagesIT {

    private static final String JOINED = "document.body.dataset.joined === 'stream-video'";
    private static final String HAS_STREAM = "document.querySelector('#remote').readyState > 0";

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("bring video to each other over our server")
    void bringVideoToEachOther(BrowserKind kind, Stage stage) {
        try (var pages = new TutorialPages(stage.demo().port())) {
            var streamer = stage.newWindow(kind);
            streamer.open(pages.streamer());
            var viewer = stage.newWindow(kind);
            viewer.open(pages.viewer());
            viewer.awaitTrue(JOINED);
            streamer.awaitTrue(JOINED);
            streamer.click("#start");
            streamer.click("#stream");
            viewer.awaitTrue(HAS_STREAM);
            // such a viewer has controls and does not play by itself
            viewer.click("#remote");
            VideoProof.flows(viewer, "#remote");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("bring video to our viewer")
    void bringVideoToOurViewer(BrowserKind kind, Stage stage) {
        try (var pages = new TutorialPages(stage.demo().port())) {
            var streamer = stage.newWindow(kind);
            streamer.open(pages.streamer());
            streamer.awaitTrue(JOINED);
            var viewer = stage.open(kind, "/step3/index.html");
            DemoPage.awaitState(viewer, "waiting");
            streamer.click("#start");
            streamer.click("#stream");
            VideoProof.flows(viewer, "#remote");
            DemoPage.awaitState(viewer, "connected");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("show the video of our streamer")
    void showTheVideoOfOurStreamer(BrowserKind kind, Stage stage) {
        try (var pages = new TutorialPages(stage.demo().port())) {
            var viewer = stage.newWindow(kind);
            viewer.open(pages.viewer());
            viewer.awaitTrue(JOINED);
            var streamer = stage.open(kind, "/step3/streamer.html");
            streamer.click("#start");
            streamer.click("#stream");
            viewer.awaitTrue(HAS_STREAM);
            viewer.click("#remote");
            VideoProof.flows(viewer, "#remote");
            DemoPage.awaitState(streamer, "connected");
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("12: are not let in when they come from elsewhere")
    void areNotLetInFromElsewhere(BrowserKind kind, Stage stage) {
        try (var pages = new TutorialPages(stage.demo().port())) {
            var page = stage.newWindow(kind);
            page.open(pages.viewerAt(Browser.OTHER_HOST));
            page.awaitTrue("signaling.socket.readyState === WebSocket.CLOSED");
            assertEquals(JsonValue.TRUE, page.evaluate("document.body.dataset.joined === undefined"));
            // the same page from this machine's own name is let in
            page.open(pages.viewer());
            page.awaitTrue(JOINED);
        }
    }
}
