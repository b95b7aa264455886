package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The demo's pages")
@ExtendWith(StageExtension.class)
class PagesIT {

    private static final List<String> PAGES = List.of(
            "/",
            "/step1/index.html",
            "/step2/streamer.html",
            "/step2/index.html",
            "/step3/streamer.html",
            "/step3/index.html",
            "/live/index.html",
            "/check/index.html");

    private static final String ROOM = "/live/amber-otter-42";

    private enum Size {
        DESKTOP(1280, 800),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Size(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("fit a desktop and a phone, and nothing in them fails")
    void fitEveryWindow(BrowserKind kind, Stage stage) {
        var page = stage.newWindow(kind);
        for (var size : Size.values()) {
            page.resize(size.width, size.height);
            for (var path : Stream.concat(PAGES.stream(), Stream.of(ROOM)).toList()) {
                page.open(stage.demo().page(path));
                if (path.startsWith(CheckPage.PATH)) {
                    CheckPage.through(page);
                }
                assertFits(page, path + " on a " + size);
                page.screenshot(nameOf(kind, path, size));
            }
        }
        assertEquals(List.of(), page.complaints());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("fit them with a video too, and nothing fails during a call")
    void fitEveryWindowDuringACall(BrowserKind kind, Stage stage) {
        var call = (kind == BrowserKind.CHROMIUM ? Route.STEP_3_IN_CHROMIUM : Route.STEP_3_IN_FIREFOX).connect(stage);
        for (var size : Size.values()) {
            for (var page : List.of(call.streamer(), call.viewer())) {
                var path = page == call.streamer() ? "/step3/streamer.html" : "/step3/index.html";
                page.resize(size.width, size.height);
                assertFits(page, path + " during a call on a " + size);
                page.screenshot(nameOf(kind, path + "-call", size));
            }
        }
        assertEquals(List.of(), call.streamer().complaints());
        assertEquals(List.of(), call.viewer().complaints());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @Tag("scenario")
    @DisplayName("fit them with a live room full of people too")
    void fitEveryWindowInALiveRoom(BrowserKind kind, Stage stage) {
        var streamer = LiveRoom.open(stage, kind, "amber-otter-42").as("Ada").startCamera();
        var viewers = Stream.of("Grace", "Katherine with a name that is rather long", "")
                .map(name -> LiveRoom.open(stage, kind, "amber-otter-42").as(name))
                .toList();
        viewers.forEach(LiveRoom::awaitVideo);
        streamer.awaitWatchedBy(3);
        for (var size : Size.values()) {
            for (var room : List.of(streamer, viewers.get(0))) {
                var what = room == streamer ? "live-streamer" : "live-viewer";
                room.page().resize(size.width, size.height);
                assertFits(room.page(), what + " on a " + size);
                room.page().screenshot(nameOf(kind, "/" + what, size));
                room.page().evaluate("document.querySelector('.diagram').scrollIntoView()");
                room.page().screenshot(nameOf(kind, "/" + what + "-diagram", size));
            }
        }
        assertEquals(List.of(), streamer.page().complaints());
        assertEquals(List.of(), viewers.get(0).page().complaints());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("are all reached from the first one")
    void areReachedFromTheFirst(BrowserKind kind, Stage stage) {
        var page = stage.open(kind, "/");
        var links = page.evaluate("[...document.querySelectorAll('a[href]')]"
                        + ".map(a => new URL(a.href)).filter(url => url.origin === location.origin)"
                        + ".map(url => url.pathname)")
                .asJsonArray()
                .getValuesAs(JsonString::getString);
        assertFalse(links.isEmpty());
        for (var link : links) {
            assertEquals(
                    200,
                    ((JsonNumber) page.evaluate("fetch('" + link + "').then(answer => answer.status)")).intValue(),
                    link);
        }
        for (var step : PAGES.subList(1, PAGES.size())) {
            assertTrue(links.contains(step) || links.contains(step.replace("index.html", "")), step + " in " + links);
        }
    }

    private static void assertFits(Page page, String what) {
        page.evaluate("scrollTo(0, 0)"); // a click may have scrolled
        var width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
                .asJsonArray();
        assertTrue(width.getInt(0) <= width.getInt(1), what + " scrolls sideways: " + width);
        assertFalse(page.text("h1").isBlank(), what + " has no heading");
        var below = page.evaluate(
                "[...document.querySelectorAll('.buttons, #status')].map(e => e.getBoundingClientRect().bottom - innerHeight)");
        assertTrue(
                below.asJsonArray().getValuesAs(JsonNumber.class).stream()
                        .allMatch(bottom -> bottom.doubleValue() <= 0),
                what + " has to be scrolled to see what to do: " + below);
    }

    private static String nameOf(BrowserKind kind, String path, Size size) {
        var page = path.equals("/")
                ? "start"
                : path.substring(1).replace(".html", "").replace('/', '-');
        return String.join("-", kind.name(), page, size.name()).toLowerCase(Locale.ROOT);
    }
}
