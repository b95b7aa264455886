package dev.signaling;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the host's plug-ins throw goes into the host's log, which is a plug-in too: what that throws is lost. */
final class Faults {

    private Faults() {}

    static void log(Logger logger, Level level, String message, Throwable fault) {
        try {
            logger.log(level, message, fault);
        } catch (Throwable e) {
            // nobody is left to be told
        }
    }
}
