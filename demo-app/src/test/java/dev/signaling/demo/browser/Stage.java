package dev.signaling.demo.browser;

import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one test plays on: a demo server of its own, and pages whose storage and channels no other test shares. */
final class Stage implements AutoCloseable {

    /** What a page says, and each message's line; all of it on a page that says nothing in these places. */
    private static final String SHOWN =
            """
            [...document.querySelectorAll('#status, #why, #error, #server, #messages > li > details > summary')]
              .map((element) => element.innerText.replaceAll('\\n', ' ')).join('\\n') || document.body.innerText
            """;

    /** What became of its sockets and connections, and when. */
    private static final String EVENTS = "globalThis[Symbol.for('recorded')].events.join('\\n')";

    private final Browsers browsers;
    private final Demos demos;
    private final Map<BrowserKind, String> userContexts = new EnumMap<>(BrowserKind.class);
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final List<Page> pages = new ArrayList<>();
    private final Map<String, Supplier<String>> witnesses = new LinkedHashMap<>();
    private boolean hasFarNetwork;
    private @Nullable DemoProcess demo;

    Stage(Browsers browsers, Demos demos) {
        this.browsers = browsers;
        this.demos = demos;
    }

    /** The demo server, started when it is first asked for. */
    DemoProcess demo() {
        if (demo == null) {
            demo = hasFarNetwork ? startDemo("--host", "0.0.0.0") : own(demos.take());
        }
        return demo;
    }

    /** Starts the demo server with further options; to be called before anything asks for it. */
    DemoProcess startDemo(String... options) {
        return startDemo(Place.HERE, options);
    }

    /** The same, elsewhere. */
    DemoProcess startDemo(Place place, String... options) {
        return use(own(DemoProcess.begin(place, options)).await());
    }

    /** Takes one that is there already, and belongs to others. */
    DemoProcess use(DemoProcess started) {
        if (demo != null) {
            throw new IllegalStateException("the demo server is there already");
        }
        demo = started;
        return started;
    }

    /** Opens a page of the demo in a new window. Windows of one browser share what the tabs of one person share. */
    Page open(BrowserKind kind, String path) {
        var page = newWindow(kind);
        page.open(demo().page(path));
        return page;
    }

    /** Opens a page of the demo in a browser started for this test, where asking for the camera ends as told. */
    Page open(BrowserKind kind, Camera camera, String path) {
        var page = newPage(own(browsers.launch(kind, camera, Place.HERE)));
        page.open(demo().page(path));
        return page;
    }

    /** Opens a page of the demo in a browser started for this test on another network, which has to stay as long. */
    Page open(BrowserKind kind, FarNetwork network, String path) {
        var page = newPage(own(browsers.launch(kind, Camera.GRANTED, network)));
        page.open(demo().pageAt(network.near(), path));
        return page;
    }

    /** Opens a page of the demo in a Firefox started for this test, which runs the timers of hidden pages so seldom. */
    Page openThrottled(Duration timers, String path) {
        var page = newPage(own(browsers.launchThrottled(timers)));
        page.open(demo().page(path));
        return page;
    }

    /** A network further away, for as long as the test runs. */
    FarNetwork farNetwork() {
        hasFarNetwork = true;
        return own(FarNetwork.create());
    }

    /** An empty window. */
    Page newWindow(BrowserKind kind) {
        var browser = browsers.shared(kind);
        return keep(browser.newPage(userContexts.computeIfAbsent(kind, any -> newUserContext(browser))));
    }

    /** An empty window of that browser, which shares nothing with any other. */
    Page newPage(Browser browser) {
        return keep(browser.newPage(newUserContext(browser)));
    }

    private String newUserContext(Browser browser) {
        var userContext = browser.newUserContext();
        own(() -> browser.removeUserContext(userContext));
        return userContext;
    }

    private Page keep(Page page) {
        pages.add(page);
        return page;
    }

    /** Closes this when the test has ended: what came last is closed first. */
    <T extends AutoCloseable> T own(T closeable) {
        owned.push(closeable);
        return closeable;
    }

    /** Tells this too when a test has failed. */
    void addWitness(String name, Supplier<String> output) {
        witnesses.put(name, output);
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
        told.append("Server:\n").append(demo == null ? "not started" : demo.output());
        witnesses.forEach(
                (name, output) -> told.append("\n\n").append(name).append(":\n").append(output.get()));
        return told.toString();
    }

    private static String words(Page page, String expression) {
        return ((JsonString) page.evaluate(expression)).getString();
    }

    @Override
    public void close() {
        var failures = new ArrayList<Exception>();
        for (var each : owned) {
            try {
                each.close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            var failure = new IllegalStateException("not all could be closed", failures.get(0));
            failures.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
