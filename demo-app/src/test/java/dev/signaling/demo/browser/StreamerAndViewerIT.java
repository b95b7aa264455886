package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Steps 2 and 3, a streamer and a viewer")
@ExtendWith(StageExtension.class)
class StreamerAndViewerIT {

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the streamer's video flows to the viewer, and both list the handshake")
    void videoFlows(Route route, Stage stage) {
        var call = route.connect(stage);
        assertLists(call.streamer(), "sent offer", "received answer", "sent icecandidate", "received icecandidate");
        assertLists(call.viewer(), "received offer", "sent answer", "sent icecandidate", "received icecandidate");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_2_IN_CHROMIUM", "STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("1: a viewer who comes after the streamer went live gets video")
    void aLateViewerGetsVideo(Route route, Stage stage) {
        var streamer = route.openStreamer(stage);
        DemoPage.goLive(streamer);
        DemoPage.awaitState(streamer, "waiting");
        new Route.Call(streamer, route.openViewer(stage)).awaitVideo();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_2_IN_FIREFOX", "STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("2: a second viewer is told so and does not disturb the first, and may take the place")
    void aSecondViewerDoesNotDisturbTheFirst(Route route, Stage stage) {
        var call = route.connect(stage);
        var second = route.openViewer(stage);
        DemoPage.awaitState(second, "ended");
        assertTrue(second.text("#status").contains("has a viewer already"), second.text("#status"));
        call.awaitVideo();
        assertEquals(1, DemoPage.connectionsMade(call.viewer()));
        assertEquals(0, DemoPage.connectionsOpen(second));

        second.click("#again");
        new Route.Call(call.streamer(), second).awaitVideo();
        DemoPage.awaitState(call.viewer(), "ended");
        assertEquals(0, DemoPage.connectionsOpen(call.viewer()));
        assertEquals(1, DemoPage.connectionsOpen(call.streamer()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_2_IN_CHROMIUM", "STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("3: when the streamer reloads, the viewer is told and gets video again once the streamer is back")
    void theViewerSurvivesTheStreamersReload(Route route, Stage stage) {
        var call = route.connect(stage);
        call.streamer().reload();
        DemoPage.awaitState(call.viewer(), "waiting");
        assertTrue(
                call.viewer().text("#status").contains("streamer has left"),
                call.viewer().text("#status"));
        assertEquals(0, DemoPage.connectionsOpen(call.viewer()));

        DemoPage.goLive(call.streamer());
        call.awaitVideo();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_2_IN_FIREFOX", "STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("4: a viewer who reloads gets video again")
    void aViewerWhoReloadsGetsVideoAgain(Route route, Stage stage) {
        var call = route.connect(stage);
        call.viewer().reload();
        call.awaitVideo();
        assertEquals(1, DemoPage.connectionsOpen(call.streamer()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_2_IN_CHROMIUM", "STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("4: when a viewer goes to another page, the next one gets video")
    void theNextViewerGetsVideo(Route route, Stage stage) {
        var call = route.connect(stage);
        call.viewer().open(stage.demo().page("/"));
        DemoPage.awaitState(call.streamer(), "waiting");
        new Route.Call(call.streamer(), route.openViewer(stage)).awaitVideo();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_2_IN_FIREFOX", "STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @Tag("scenario")
    @DisplayName("5: of two streamers the one who pressed last has the viewer, and the other is told")
    void theLastOfTwoStreamersHasTheViewer(Route route, Stage stage) {
        var call = route.connect(stage);
        var second = route.openStreamer(stage);
        DemoPage.goLive(second);
        new Route.Call(second, call.viewer()).awaitVideo();
        DemoPage.awaitState(call.streamer(), "ended");
        assertTrue(
                call.streamer().text("#status").contains("Another streamer"),
                call.streamer().text("#status"));
        assertEquals(1, DemoPage.connectionsOpen(call.viewer()));
        assertEquals(0, DemoPage.connectionsOpen(call.streamer()));
    }

    private static void assertLists(Page page, String... messages) {
        var listed = DemoPage.messages(page);
        assertTrue(listed.containsAll(List.of(messages)), page + " lists " + listed);
    }
}
