package dev.signaling.benchmarks;

import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One scenario's figures. The latencies, in nanoseconds, are those of whole calls where calls are made and of single messages otherwise; the server's
 * CPU time is there when its process is known.
 */
record Figures(
        String scenario, double seconds, long delivered, long calls, Optional<Long> cpuMicros, Histogram latencies) {

    Figures {
        if (delivered == 0) {
            throw new Violation(scenario + ": nothing was delivered in the measured time");
        }
    }

    double perSecond() {
        return delivered / seconds;
    }

    Optional<Double> cpuMicrosPerDelivered() {
        return cpuMicros.map(cpu -> (double) cpu / delivered);
    }

    Optional<Double> cpuMicrosPerCall() {
        return calls == 0 ? Optional.empty() : cpuMicros.map(cpu -> (double) cpu / calls);
    }

    double latencyMicros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }

    String line() {
        StringBuilder line = new StringBuilder(format(
                "%-10s %,9.0f delivered/s, latency µs p50 %,.0f p90 %,.0f p99 %,.0f max %,.0f",
                scenario, perSecond(), latencyMicros(50), latencyMicros(90), latencyMicros(99), latencyMicros(100)));
        cpuMicrosPerDelivered().ifPresent(cpu -> line.append(format(", server CPU µs/delivered %.2f", cpu)));
        cpuMicrosPerCall().ifPresent(cpu -> line.append(format(", per call %.0f", cpu)));
        if (calls > 0) {
            line.append(format(", %.0f calls/s", calls / seconds));
        }
        return line.toString();
    }

    String json() {
        StringBuilder json = new StringBuilder(format(
                "{\"scenario\":\"%s\",\"seconds\":%.3f,\"delivered\":%d,\"calls\":%d,\"deliveredPerSecond\":%.1f",
                scenario, seconds, delivered, calls, perSecond()));
        for (int percentile : new int[] {50, 90, 99, 100}) {
            json.append(format(",\"latencyMicrosP%d\":%.1f", percentile, latencyMicros(percentile)));
        }
        cpuMicrosPerDelivered().ifPresent(cpu -> json.append(format(",\"cpuMicrosPerDelivered\":%.3f", cpu)));
        cpuMicrosPerCall().ifPresent(cpu -> json.append(format(",\"cpuMicrosPerCall\":%.1f", cpu)));
        return json.append('}').toString();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
