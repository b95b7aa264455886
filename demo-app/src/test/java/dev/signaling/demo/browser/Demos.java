package dev.signaling.demo.browser;

import org.jspecify.annotations.Nullable;

/** A demo server for each test. The next one starts while a test runs, so that hardly any has to wait for its own. */
final class Demos implements AutoCloseable {

    private @Nullable DemoProcess next;

    /** One that nobody has used, for the caller to close. */
    DemoProcess take() {
        var taken = next == null ? DemoProcess.begin() : next;
        next = null;
        taken.await();
        next = DemoProcess.begin();
        return taken;
    }

    @Override
    public void close() {
        if (next != null) {
            next.close();
        }
    }
}
