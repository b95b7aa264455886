package dev.signaling.demo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many lines of one kind the log takes in a second; the others are counted: a flood must not fill the disk. */
final class LineAllowance {

    private static final Logger LOGGER = System.getLogger("signaling");

    private final int linesASecond;
    private final String summary;
    private final LongSupplier nanoTime;
    private long second; // guarded by this, as is the number below
    private int lines;

    /** @param summary the line that tells how many, {0}, were counted in one second; written when the next line comes */
    LineAllowance(int linesASecond, String summary, LongSupplier nanoTime) {
        this.linesASecond = linesASecond;
        this.summary = summary;
        this.nanoTime = nanoTime;
    }

    /** Takes one line; false if it is not to be written. */
    synchronized boolean take() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        if (now != second) {
            sumUp();
            second = now;
        }
        lines++;
        return lines <= linesASecond;
    }

    /** Writes what has been counted up to now, for the time when no line will come any more. */
    synchronized void sumUp() {
        if (lines > linesASecond) {
            LOGGER.log(Level.INFO, summary, lines - linesASecond);
        }
        lines = 0;
    }
}
