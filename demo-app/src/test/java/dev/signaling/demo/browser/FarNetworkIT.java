package dev.signaling.demo.browser;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("scenario")
@DisplayName("A viewer on another network")
@ExtendWith(StageExtension.class)
class FarNetworkIT {

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("sees the stream of step 3")
    void seesTheStream(BrowserKind kind, Stage stage) {
        var network = stage.farNetwork();
        var viewer = stage.open(kind, network, "/step3/index.html");
        DemoPage.awaitState(viewer, "waiting");
        var streamer = stage.open(BrowserKind.CHROMIUM, "/step3/streamer.html");
        DemoPage.goLive(streamer);

        new Route.Call(streamer, viewer).awaitVideo();
    }
}
