package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("scenario")
@DisplayName("6: a restart of the signal server")
@ExtendWith(StageExtension.class)
class ServerRestartIT {

    /** The exit code of a Java process that ended because it was asked to: 128 and the signal's number. */
    private static final int SIGTERM = 128 + 15;

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("leaves a running video alone, and a press of the button gets a new one afterwards")
    void leavesARunningVideoAlone(Route route, Stage stage) {
        var call = route.connect(stage);

        stage.demo().kill();
        DemoPage.awaitServer(call.viewer(), "reconnecting");
        DemoPage.awaitServer(call.streamer(), "reconnecting");
        call.awaitVideo();
        // nobody could answer: what runs is left alone, and that is said
        call.viewer().click("#again");
        assertTrue(DemoPage.awaitError(call.viewer()).contains("left alone"));
        call.awaitVideo();

        stage.demo().startAgain();
        DemoPage.awaitServer(call.viewer(), "joined");
        DemoPage.awaitServer(call.streamer(), "joined");
        call.awaitVideo();
        assertEquals(1, DemoPage.connectionsMade(call.viewer()));

        call.viewer().click("#again");
        call.viewer()
                .waiting("a new connection")
                .until(() -> DemoPage.connectionsMade(call.viewer()), made -> made == 2);
        call.awaitVideo();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("that was announced is survived in the same way, and a new viewer takes the place afterwards")
    void isSurvivedWhenAnnounced(Route route, Stage stage) {
        var call = route.connect(stage);
        assertEquals(SIGTERM, stage.demo().terminate());
        DemoPage.awaitServer(call.viewer(), "reconnecting");
        call.awaitVideo();
        call.viewer().close();

        stage.demo().startAgain();
        DemoPage.awaitServer(call.streamer(), "joined");
        var next = route.openViewer(stage);
        // the streamer could not be told that the first viewer is gone
        next.click("#again");
        new Route.Call(call.streamer(), next).awaitVideo();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("8: what was pressed while the server was away is sent once it is there")
    void whatWasPressedMeanwhileIsSent(Route route, Stage stage) {
        var viewer = route.openViewer(stage);
        DemoPage.awaitServer(viewer, "joined");
        var streamer = route.openStreamer(stage);
        DemoPage.awaitServer(streamer, "joined");
        stage.demo().kill();
        DemoPage.awaitServer(streamer, "reconnecting");
        DemoPage.goLive(streamer);
        assertEquals("", DemoPage.error(streamer));

        stage.demo().startAgain();
        new Route.Call(streamer, viewer).awaitVideo();
    }
}
