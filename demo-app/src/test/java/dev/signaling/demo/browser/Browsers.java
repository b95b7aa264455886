package dev.signaling.demo.browser;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The browsers of all tests: one with a camera is shared and lives until the last test, any other is made to order. */
final class Browsers implements AutoCloseable {

    private final Map<BrowserKind, Browser> shared = new EnumMap<>(BrowserKind.class);
    private final Set<BrowserKind> missed = EnumSet.noneOf(BrowserKind.class);

    /**
     * The browser that the tests share, started when it is first asked for.
     *
     * @throws TestAbortedException if it is not installed: the test is skipped
     */
    Browser shared(BrowserKind kind) {
        demand(kind);
        return shared.computeIfAbsent(kind, first -> first.launch(Camera.GRANTED, Place.HERE));
    }

    /**
     * A new browser, for the caller to close.
     *
     * @throws TestAbortedException if it is not installed: the test is skipped
     */
    Browser launch(BrowserKind kind, Camera camera, Place place) {
        demand(kind);
        return kind.launch(camera, place);
    }

    /**
     * A new Firefox that runs the timers of hidden pages so seldom, for the caller to close.
     *
     * @throws TestAbortedException if it is not installed: the test is skipped
     */
    Browser launchThrottled(Duration timers) {
        demand(BrowserKind.FIREFOX);
        return FirefoxLauncher.launchThrottled(timers);
    }

    private void demand(BrowserKind kind) {
        if (kind.isInstalled()) {
            return;
        }
        if (Programs.isRequired("browsers")) {
            throw new AssertionFailedError(kind + " is not installed, and SIGNALING_REQUIRE demands browsers");
        }
        if (missed.add(kind)) {
            System.out.println("SKIPPED: tests in " + kind + ", which is not installed");
        }
        throw new TestAbortedException(kind + " is not installed");
    }

    @Override
    public void close() {
        shared.values().forEach(Browser::close);
    }
}
