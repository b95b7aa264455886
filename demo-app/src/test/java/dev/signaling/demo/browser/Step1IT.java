package dev.signaling.demo.browser;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Step 1, one page with both ends")
@ExtendWith(StageExtension.class)
class Step1IT {

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("shows the camera in the second video, through two peer connections")
    void showsTheCameraInTheSecondVideo(BrowserKind kind, Stage stage) {
        var page = stage.open(kind, "/step1/index.html");
        page.click("#start");
        page.click("#stream");
        VideoProof.flows(page, "#remote");
    }
}
