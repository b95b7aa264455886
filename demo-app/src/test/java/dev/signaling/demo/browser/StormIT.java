package dev.signaling.demo.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("scenario")
@DisplayName("11: a stranger at the signaling endpoint")
@ExtendWith(StageExtension.class)
class StormIT {

    private static final String JOIN = "{\"type\":\"join-channel\",\"channel\":\"stream-video\"}";
    private static final List<String> NONSENSE = List.of(
            "hello",
            "null",
            "42",
            "[]",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"offer\",\"sdp\":\"before joining\"}",
            "{\"type\":\"join-channel\"}",
            "{\"type\":\"join-channel\",\"channel\":\"\"}",
            "{\"type\":\"join-channel\",\"channel\":[1]}",
            "{\"type\":\"join-channel\",\"channel\":\"__proto__\"}",
            "{\"type\":\"join-channel\",\"channel\":\"" + "x".repeat(10_000) + "\"}",
            "{\"type\":\"offer\",\"type\":\"answer\"} trailing",
            "[".repeat(10_000));

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"STEP_3_FROM_CHROMIUM_TO_FIREFOX", "STEP_3_FROM_FIREFOX_TO_CHROMIUM"})
    @DisplayName("who sends nonsense without end does not disturb a call that is being set up, nor one that runs")
    void doesNotDisturbACall(Route route, Stage stage) {
        var endpoint = stage.demo().signal();
        try (var outside = Stranger.sending(endpoint, 1_000, NONSENSE);
                var inside = Stranger.sending(
                        endpoint, 150, List.of(JOIN, "{\"type\":\"chatter\"}", "{\"type\":\"__proto__\"}"))) {
            await("the storm").atMost(Page.PATIENCE).until(() -> outside.sent() > 1_000 && inside.sent() > 100);
            var before = outside.sent();
            var call = route.connect(stage);
            assertTrue(outside.sent() > before + 500, "the storm went on: " + before + ", " + outside.sent());

            DemoPage.awaitServer(call.viewer(), "joined");
            DemoPage.awaitServer(call.streamer(), "joined");
            assertEquals("", DemoPage.error(call.viewer()));
            assertEquals("", DemoPage.error(call.streamer()));
            call.awaitVideo();
        }
    }
}
