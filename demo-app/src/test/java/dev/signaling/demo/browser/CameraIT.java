package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("scenario")
@DisplayName("The camera")
@ExtendWith(StageExtension.class)
class CameraIT {

    private static final String[] PAGES = {"/step1/index.html", "/step2/streamer.html", "/step3/streamer.html"};

    static Stream<Arguments> pagesInBrowsers() {
        return Stream.of(PAGES).flatMap(page -> Stream.of(BrowserKind.values()).map(kind -> Arguments.of(page, kind)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesInBrowsers")
    @DisplayName("7: “stream” cannot be pressed before the camera answers")
    void streamWaitsForTheCamera(String path, BrowserKind kind, Stage stage) {
        var page = stage.open(kind, path);
        assertEquals(JsonValue.TRUE, page.evaluate("document.querySelector('#stream').disabled"));
        SlowCamera.in(page);
        page.click("#start");
        DemoPage.awaitState(page, "camera");
        page.evaluate("document.querySelector('#stream').click()");
        assertEquals(JsonValue.TRUE, page.evaluate("document.querySelector('#stream').disabled"));
        assertEquals("camera", DemoPage.state(page));

        SlowCamera.answers(page);
        DemoPage.awaitState(page, "ready");
        page.click("#stream");
        page.waiting("an offer").until(() -> DemoPage.messages(page), messages -> messages.contains("sent offer"));
        assertEquals("", DemoPage.error(page));

        page.click("#stop");
        DemoPage.awaitState(page, "idle");
        assertEquals(JsonValue.NULL, page.evaluate("document.querySelector('#local').srcObject"));
        assertEquals(JsonValue.TRUE, page.evaluate("document.querySelector('#stop').hidden"));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({
        "CHROMIUM, REFUSED, Camera refused",
        "CHROMIUM, ABSENT, Camera absent",
        "FIREFOX, REFUSED, Camera refused",
        "FIREFOX, ABSENT, Camera absent"
    })
    @DisplayName("9: refused or absent is said in words, and the button comes back")
    void refusedOrAbsentIsSaid(BrowserKind kind, Camera camera, String words, Stage stage) {
        var page = stage.open(kind, camera, PAGES[0]);
        for (var path : PAGES) {
            page.open(stage.demo().page(path));
            // twice: the button that came back does its work
            for (int press = 0; press < 2; press++) {
                page.click("#start");
                var error = DemoPage.awaitError(page);
                assertTrue(error.startsWith(words), path + ": " + error);
                DemoPage.awaitState(page, "idle");
            }
        }
        page.open(stage.demo().page("/live/no-camera"));
        var room = LiveRoom.at(page);
        for (int press = 0; press < 2; press++) {
            room.pressStartCamera();
            var error = DemoPage.awaitError(page);
            assertTrue(error.startsWith(words), error);
            room.awaitStatus("waiting"); // for somebody else's stream
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("10: another host over plain http has none, which is explained; its viewers are served")
    void anotherHostIsExplained(BrowserKind kind, Stage stage) {
        var elsewhere = stage.newWindow(kind);
        elsewhere.open(stage.demo().pageAt(Browser.OTHER_HOST, "/step3/streamer.html"));
        assertEquals(JsonValue.FALSE, elsewhere.evaluate("isSecureContext"));
        elsewhere.click("#start");
        var error = DemoPage.awaitError(elsewhere);
        assertTrue(
                error.contains("secure")
                        && error.contains("http://localhost:" + stage.demo().port()),
                error);
        DemoPage.awaitState(elsewhere, "idle");

        // the socket's address follows the page's
        elsewhere.open(stage.demo().pageAt(Browser.OTHER_HOST, "/step3/index.html"));
        DemoPage.awaitServer(elsewhere, "joined");
        var streamer = stage.open(kind, "/step3/streamer.html");
        DemoPage.goLive(streamer);
        new Route.Call(streamer, elsewhere).awaitVideo();
    }
}
