package dev.signaling.demo.browser;

import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one test plays on: a demo server of its own, and pages whose storage and channels no other test shares. */
final class Stage implements AutoCloseable {

    /** What a page says, and each message's line; all of it on a page that says nothing in these places. */
    private static final String SHOWN =
            """
            [...document.querySelectorAll('#status, #error, #server, #messages > li > details > summary')]
              .map((element) => element.innerText.replaceAll('\\n', ' ')).join('\\n') || document.body.innerText
            """;

    /** What became of its sockets and connections, and when. */
    private static final String EVENTS = "globalThis[Symbol.for('recorded')].events.join('\\n')";

    private final Browsers browsers;
    private final Demos demos;
    private final Map<BrowserKind, String> userContexts = new EnumMap<>(BrowserKind.class);
    private final List<Browser> ownBrowsers = new ArrayList<>();
    private final List<FarNetwork> networks = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();
    private @Nullable DemoProcess demo;

    Stage(Browsers browsers, Demos demos) {
        this.browsers = browsers;
        this.demos = demos;
    }

    /** The demo server, started when it is first asked for. */
    DemoProcess demo() {
        if (demo == null) {
            demo = networks.isEmpty() ? demos.take() : startDemo("--host", "0.0.0.0");
        }
        return demo;
    }

    /** Starts the demo server with further options; to be called before anything asks for it. */
    DemoProcess startDemo(String... options) {
        if (demo != null) {
            throw new IllegalStateException("the demo server is there already");
        }
        demo = DemoProcess.begin(options);
        return demo.await();
    }

    /** Opens a page of the demo in a new window. Windows of one browser share what the tabs of one person share. */
    Page open(BrowserKind kind, String path) {
        var page = newWindow(kind);
        page.open(demo().page(path));
        return page;
    }

    /** Opens a page of the demo in a browser started for this test, where asking for the camera ends as told. */
    Page open(BrowserKind kind, Camera camera, String path) {
        var browser = browsers.launch(kind, camera, Place.HERE);
        ownBrowsers.add(browser);
        var page = keep(browser.newPage(browser.newUserContext()));
        page.open(demo().page(path));
        return page;
    }

    /** Opens a page of the demo in a browser started for this test on another network, which has to stay as long. */
    Page open(BrowserKind kind, FarNetwork network, String path) {
        var browser = browsers.launch(kind, Camera.GRANTED, network);
        ownBrowsers.add(browser);
        var page = keep(browser.newPage(browser.newUserContext()));
        page.open(demo().pageAt(network.near(), path));
        return page;
    }

    /** Opens a page of the demo in a Firefox started for this test, which runs the timers of hidden pages so seldom. */
    Page openThrottled(Duration timers, String path) {
        var browser = browsers.launchThrottled(timers);
        ownBrowsers.add(browser);
        var page = keep(browser.newPage(browser.newUserContext()));
        page.open(demo().page(path));
        return page;
    }

    /** A network further away, for as long as the test runs. */
    FarNetwork farNetwork() {
        var network = FarNetwork.create();
        networks.add(network);
        return network;
    }

    /** An empty window. */
    Page newWindow(BrowserKind kind) {
        var browser = browsers.shared(kind);
        return keep(browser.newPage(userContexts.computeIfAbsent(kind, any -> browser.newUserContext())));
    }

    private Page keep(Page page) {
        pages.add(page);
        return page;
    }

    /** What every page and the server show, for the report of a failed test; pictures go to target/screenshots. */
    String describe(String test) {
        var told = new StringBuilder();
        for (var page : pages) {
            told.append(page).append(": ");
            try {
                told.append(page.screenshot("failed-" + test + "-" + pages.indexOf(page)))
                        .append("\n")
                        .append(words(page, SHOWN))
                        .append("\ncomplaints: ")
                        .append(page.complaints())
                        .append("\n")
                        .append(words(page, EVENTS))
                        .append("\n\n");
            } catch (BidiException e) {
                told.append("cannot be seen: ").append(e.getMessage()).append("\n\n");
            }
        }
        return told.append("Server:\n")
                .append(demo == null ? "not started" : demo.output())
                .toString();
    }

    private static String words(Page page, String expression) {
        return ((JsonString) page.evaluate(expression)).getString();
    }

    @Override
    public void close() {
        if (demo != null) {
            demo.close();
        }
        ownBrowsers.forEach(Browser::close);
        networks.forEach(FarNetwork::close);
        userContexts.forEach((kind, userContext) -> browsers.shared(kind).removeUserContext(userContext));
    }
}
