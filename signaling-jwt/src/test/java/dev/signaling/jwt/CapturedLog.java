package dev.signaling.jwt;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Everything that is logged at any level while it is open, as it would be written down, stack traces included: by anybody but
 * the client that the tests use, and Grizzly with Tyrus, which at FINE log whole requests.
 */
final class CapturedLog extends Handler {

    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Level before = ROOT.getLevel();

    CapturedLog() {
        ROOT.setLevel(Level.ALL);
        LogManager.getLogManager().getLoggerNames().asIterator().forEachRemaining(CapturedLog::listenTo);
        setLevel(Level.ALL);
        ROOT.addHandler(this);
    }

    private static void listenTo(String name) {
        Logger logger = LogManager.getLogManager().getLogger(name);
        if (logger != null && logger != ROOT) {
            logger.setLevel(null); // as its parent
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        if (String.valueOf(line.getLoggerName()).matches("jdk\\..*httpclient.*|org\\.glassfish\\..*")) {
            return;
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println(line.getLoggerName() + " " + formatter.formatMessage(line));
        Throwable thrown = line.getThrown();
        if (thrown != null) {
            thrown.printStackTrace(out);
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        ROOT.removeHandler(this);
        ROOT.setLevel(before);
    }
}
