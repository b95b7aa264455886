package dev.signaling.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what the library logs while it is open, and keeps it off the console. */
final class CapturedLog extends Handler {

    private static final Logger LIBRARY = Logger.getLogger("dev.signaling");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    CapturedLog() {
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.addHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LIBRARY.removeHandler(this);
        LIBRARY.setUseParentHandlers(true);
    }
}
