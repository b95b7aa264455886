package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {

    private final Filter filter = new ConsoleLog.OneLineOfContainers();

    @Test
    void hasOneLineForAFaultOfTheContainers() {
        LogRecord line = line("org.glassfish.grizzly.http.server.HttpHandler", "service {0} failed");
        line.setParameters(new Object[] {"{1}"});
        line.setThrown(new IllegalStateException("a path {0} that is none"));
        assertTrue(filter.isLoggable(line));
        assertNull(line.getThrown());
        assertEquals(
                "service {1} failed: java.lang.IllegalStateException: a path {0} that is none",
                new SimpleFormatter().formatMessage(line));
    }

    @Test
    void leavesOutHowTheContainerStarts() {
        LogRecord line = line("org.glassfish.grizzly.http.server.NetworkListener", "Started listener");
        line.setLevel(Level.INFO);
        assertFalse(filter.isLoggable(line));
    }

    @Test
    void boundsTheContainersLines() {
        int written = 0;
        for (int i = 0; i < 10_000; i++) {
            written += filter.isLoggable(line("org.glassfish.tyrus.core.TyrusEndpointWrapper", "oh")) ? 1 : 0;
        }
        assertTrue(written < 1_000, written + " lines");
    }

    @Test
    void leavesTheDemosOwnLinesAlone() {
        LogRecord line = line("signaling", "the channel store failed");
        IllegalStateException fault = new IllegalStateException("no route");
        line.setThrown(fault);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(filter.isLoggable(line));
        }
        assertSame(fault, line.getThrown());
    }

    private static LogRecord line(String logger, String message) {
        LogRecord line = new LogRecord(Level.WARNING, message);
        line.setLoggerName(logger);
        return line;
    }
}
