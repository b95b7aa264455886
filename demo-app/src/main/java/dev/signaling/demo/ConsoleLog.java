package dev.signaling.demo;

import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sets up the platform's logging for a console: one line an event, time and level first. */
final class ConsoleLog {

    private static final String CONTAINER = "org.glassfish";

    private ConsoleLog() {}

    /** To be called before anything logs. */
    static void install() {
        System.setProperty("java.util.logging.manager", UntilTheEnd.class.getName());
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$-7s %5$s%6$s%n");
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setFilter(new OneLineOfContainers());
        }
    }

    /** Leaves out what is not at least a warning. */
    static void onlyWarnings() {
        Logger.getLogger("").setLevel(Level.WARNING);
    }

    /**
     * What the container says of its own start is no news to somebody who started a demo. It also writes a stack trace for
     * many a request or frame that is just wrong, which any stranger can send: one line is enough, and not too many of them.
     *
     * <p>A filter and not a logger's level, which is gone as soon as nobody holds on to that logger.
     */
    static final class OneLineOfContainers implements Filter {

        private final LineAllowance lines =
                new LineAllowance(10, "{0} more lines of the container in one second", System::nanoTime);

        @Override
        public boolean isLoggable(LogRecord line) {
            if (!String.valueOf(line.getLoggerName()).startsWith(CONTAINER)) {
                return true;
            }
            if (line.getLevel().intValue() < Level.WARNING.intValue()) {
                return false;
            }
            Throwable fault = line.getThrown();
            if (fault != null) {
                line.setMessage(new SimpleFormatter().formatMessage(line) + ": " + fault);
                line.setParameters(null);
                line.setResourceBundle(null);
                line.setThrown(null);
            }
            return lines.take();
        }
    }

    /** The platform's log manager takes its handlers away while shutdown hooks still have something to say. */
    public static final class UntilTheEnd extends LogManager {

        /** Made by the platform, by the name in a system property. */
        public UntilTheEnd() {}

        @Override
        public void reset() {}
    }
}
