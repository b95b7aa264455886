package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Step 4, the live room")
@ExtendWith(StageExtension.class)
class LiveRoomIT {

    private static final String ROOM = "amber-otter-42";

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("1: viewers who came before the stream and after it see video without a touch")
    void viewersSeeVideoEarlyAndLate(BrowserKind from, BrowserKind to, Stage stage) {
        var early = LiveRoom.open(stage, to, ROOM);
        assertEquals("Nobody streams yet. The video comes by itself.", early.status());
        var streamer = LiveRoom.open(stage, from, ROOM).as("Ada").startCamera();
        early.awaitVideo();
        assertEquals("Ada streams.", early.status());
        var late = LiveRoom.open(stage, to, ROOM);
        late.awaitVideo();

        early.awaitVideo();
        streamer.awaitWatchedBy(2);
        assertEquals("You are live: 2 viewers watch.", streamer.status());
        late.awaitPeople(3);
        streamer.page()
                .waiting("figures of both connections")
                .until(
                        () -> streamer.page()
                                .evaluate(
                                        "[...document.querySelectorAll('#people .chart output')].map(e => e.innerText)")
                                .toString(),
                        figures -> !figures.contains("–") && figures.contains("fps"));
        early.awaitPaths("same network");
        streamer.awaitPaths("same network", "same network");
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("3: the streamer reloads, and every viewer sees video again within 5 s of the new start")
    void theStreamerReloads(BrowserKind from, BrowserKind to, Stage stage) {
        var streamer = LiveRoom.open(stage, from, ROOM).startCamera();
        var viewers = List.of(LiveRoom.open(stage, to, ROOM), LiveRoom.open(stage, to, ROOM));
        viewers.forEach(LiveRoom::awaitVideo);
        streamer.reload();
        for (var viewer : viewers) {
            viewer.awaitStatus("waiting");
            assertEquals(0, DemoPage.connectionsOpen(viewer.page()));
        }

        var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        streamer.pressStartCamera();
        for (var viewer : viewers) {
            viewer.awaitVideo(Duration.ofNanos(deadline - System.nanoTime()));
            assertEquals(1, DemoPage.connectionsOpen(viewer.page()));
        }
        assertEquals(2, DemoPage.connectionsOpen(streamer.page()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("5: who starts second is told, and the first goes on undisturbed")
    void theSecondStreamerIsTold(BrowserKind kind, Stage stage) {
        var viewer = LiveRoom.open(stage, kind, ROOM);
        var second = LiveRoom.open(stage, kind, ROOM);
        SlowCamera.in(second.page());
        second.pressStartCamera();
        second.awaitStatus("camera");
        var first = LiveRoom.open(stage, kind, ROOM).as("Ada").startCamera();
        viewer.awaitVideo();

        SlowCamera.answers(second.page());
        var error = DemoPage.awaitError(second.page());
        assertTrue(error.startsWith("Somebody else streams in this room already"), error);
        second.awaitVideo();
        assertEquals("viewer", second.role());
        // whoever knows that somebody streams is not offered to
        assertEquals(JsonValue.TRUE, second.page().evaluate("document.querySelector('#camera').hidden"));
        viewer.awaitVideo();
        assertEquals(1, DemoPage.connectionsMade(viewer.page()));
        first.awaitWatchedBy(2);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the screen takes the camera's place without a new connection, and stopping is told")
    void theScreenTakesTheCamerasPlace(BrowserKind kind, Stage stage) {
        var streamer = LiveRoom.open(stage, kind, ROOM).startCamera();
        var viewer = LiveRoom.open(stage, kind, ROOM);
        viewer.awaitVideo();
        // browsers without a screen to share get a picture of a page's own
        streamer.page()
                .evaluate(
                        """
                        (() => {
                          const canvas = document.createElement('canvas');
                          const drawing = canvas.getContext('2d');
                          setInterval(() => {
                            drawing.fillStyle = `hsl(${performance.now() / 10}deg 80% 50%)`;
                            drawing.fillRect(0, 0, canvas.width, canvas.height);
                          }, 30);
                          navigator.mediaDevices.getDisplayMedia = async () => canvas.captureStream(30);
                        })()
                        """);
        streamer.pressShareScreen();
        streamer.page().awaitTrue("document.querySelector('.picture').dataset.source === 'screen'");
        viewer.awaitVideo();
        assertEquals(1, DemoPage.connectionsMade(viewer.page()));
        assertEquals(1, viewer.diagram().stream().filter("offer"::equals).count());

        streamer.stopStreaming();
        viewer.awaitStatus("waiting");
        assertEquals("The stream is over. The next one comes by itself.", viewer.status());
        assertEquals(0, DemoPage.connectionsOpen(streamer.page()));
        assertEquals(0, DemoPage.connectionsOpen(viewer.page()));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("10: over plain http under another name it says why there is no camera, and shows the video")
    void anInsecureContextIsExplained(BrowserKind kind, Stage stage) {
        LiveRoom.open(stage, kind, ROOM).startCamera();
        var page = stage.newWindow(kind);
        page.open(stage.demo().pageAt(Browser.OTHER_HOST, "/live/" + ROOM));
        assertEquals(JsonValue.FALSE, page.evaluate("isSecureContext"));
        var words = page.text("#insecure");
        assertTrue(words.contains("secure") && words.contains("--tls") && words.contains("Watching works"), words);
        LiveRoom.at(page).awaitVideo();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("10: with --tls another name is a secure context, and its camera streams over wss")
    void tlsMakesItSecure(BrowserKind kind, Stage stage) {
        stage.startDemo("--tls");
        var page = stage.newWindow(kind);
        page.open(stage.demo().pageAt(Browser.OTHER_HOST, "/live/" + ROOM));
        assertEquals(JsonValue.TRUE, page.evaluate("isSecureContext"));
        var streamer = LiveRoom.at(page).startCamera();
        LiveRoom.open(stage, kind, ROOM).awaitVideo();
        streamer.awaitWatchedBy(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the code leads where the link does: to a room of any name, under an address that others reach")
    void theCodeIsTheLink(BrowserKind kind, Stage stage) {
        stage.startDemo("--host", "0.0.0.0");
        var room = LiveRoom.open(stage, kind, "caf%C3%A9%20%26%20tea");
        assertEquals("café & tea", room.page().text("h1"));
        room.page().awaitTrue("!document.querySelector('#link').value.includes('localhost')");
        assertTrue(room.link().endsWith("/live/caf%C3%A9%20%26%20tea"), room.link());
        room.page().awaitTrue("document.querySelector('#qr').alt.endsWith(document.querySelector('#link').value)");
        assertEquals(room.link(), room.scan());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the handshake is drawn, and handed out as text that Mermaid draws")
    void theHandshakeIsDrawn(BrowserKind kind, Stage stage) {
        var streamer = LiveRoom.open(stage, kind, ROOM).as("Ada; <b>").startCamera();
        LiveRoom.open(stage, kind, ROOM).as("Grace").awaitVideo();
        streamer.awaitWatchedBy(1);
        var rows = streamer.diagram();
        assertTrue(rows.contains("offer") && rows.contains("answer") && rows.contains("video flows"), rows.toString());
        var text = streamer.download();
        assertTrue(text.startsWith("sequenceDiagram\n"), text);
        assertTrue(
                text.lines().anyMatch(line -> line.matches("  p0->>p\\d: \\d\\d:\\d\\d:\\d\\d\\.\\d{3} offer")), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("  participant p\\d as Grace")), text);
        assertTrue(text.lines().skip(1).noneMatch(line -> line.matches(".*[;<>#].*") && !line.contains(">>")), text);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("the start page makes rooms, and says which names are none")
    void roomsAreMade(BrowserKind kind, Stage stage) {
        var page = stage.open(kind, "/live/");
        page.run("(name) => { document.querySelector('#name').value = name; }", "a/b");
        page.click("#open");
        var error = DemoPage.awaitError(page);
        assertTrue(error.contains("no room’s name"), error);
        page.click("#make");
        page.waiting("the new room's page")
                .ignoreException(BidiException.class) // asked between two pages
                .until(
                        () -> page.evaluate("/^\\/live\\/[a-z]+-[a-z]+-\\d{4}$/.test(location.pathname)"),
                        JsonValue.TRUE::equals);
        LiveRoom.at(page).awaitStatus("waiting");

        page.open(stage.demo().page("/live/a%2Fb"));
        assertTrue(page.text("h1").contains("no room"), page.text("h1"));
    }
}
