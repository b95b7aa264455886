package dev.signaling.benchmarks;

import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Counts and times what is delivered, within a measured window only; windows may follow one another. */
final class Meter {
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Optional<ServerProcess> server;
    private Histogram latencies = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
    private boolean running;
    private long delivered;
    private long calls;
    private long startNanos;
    private long startCpuMicros;

    Meter(Optional<ServerProcess> server) {
        this.server = server;
    }

    /** One message has arrived, sent at that {@link System#nanoTime()}. */
    void delivered(long sentNanos) {
        if (running) {
            delivered++;
            latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - sentNanos));
        }
    }

    /** One message of a call has arrived: it counts, the call as a whole is timed. */
    void deliveredInCall() {
        if (running) {
            delivered++;
        }
    }

    void callDone(long startedNanos) {
        if (running) {
            calls++;
            latencies.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - startedNanos));
        }
    }

    void start() {
        latencies = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
        delivered = 0;
        calls = 0;
        running = true;
        startCpuMicros = cpuMicros();
        startNanos = System.nanoTime();
    }

    Figures stop(String scenario) {
        running = false;
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        long cpuMicros = cpuMicros() - startCpuMicros;
        return new Figures(scenario, seconds, delivered, calls, server.map(process -> cpuMicros), latencies);
    }

    private long cpuMicros() {
        return server.map(ServerProcess::cpuMicros).orElse(0L);
    }
}
