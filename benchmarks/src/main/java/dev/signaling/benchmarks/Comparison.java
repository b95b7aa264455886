package dev.signaling.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What each server came to in each scenario, beside the reference measured in the same turns. */
final class Comparison {
    private static final String HEAD =
            "| scenario | server | CPU µs/delivered | ratio (spread) | delivered/s | p50 µs | p99 µs |";
    private static final String RULE = "| --- | --- | ---: | ---: | ---: | ---: | ---: |";

    private final String reference;
    private final Map<String, Map<String, List<Figures>>> scenarios = new LinkedHashMap<>();

    Comparison(String reference) {
        this.reference = reference;
    }

    /** The n-th figures of a server were taken next to the n-th of every other. */
    void add(String server, Figures figures) {
        scenarios
                .computeIfAbsent(figures.scenario(), scenario -> new LinkedHashMap<>())
                .computeIfAbsent(server, name -> new ArrayList<>())
                .add(figures);
    }

    String table() {
        StringBuilder table = new StringBuilder(HEAD + '\n' + RULE + '\n');
        scenarios.forEach((scenario, servers) -> servers.forEach((server, turns) -> {
            List<Double> ratios = ratios(turns, servers.getOrDefault(reference, turns));
            Histogram latencies = merged(turns);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2f | %.2f (%.2f to %.2f) | %,.0f | %,.0f | %,.0f |%n",
                    scenario,
                    server,
                    median(turns.stream().map(Comparison::cpu).toList()),
                    median(ratios),
                    ratios.stream().min(Double::compare).orElseThrow(),
                    ratios.stream().max(Double::compare).orElseThrow(),
                    median(turns.stream().map(Figures::perSecond).toList()),
                    latencies.getValueAtPercentile(50) / 1e3,
                    latencies.getValueAtPercentile(99) / 1e3));
        }));
        return table.toString();
    }

    private static List<Double> ratios(List<Figures> turns, List<Figures> references) {
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < turns.size(); turn++) {
            ratios.add(cpu(turns.get(turn)) / cpu(references.get(turn)));
        }
        return ratios;
    }

    private static double cpu(Figures figures) {
        return figures.cpuMicrosPerDelivered().orElseThrow();
    }

    private static Histogram merged(List<Figures> turns) {
        Histogram merged = turns.get(0).latencies().copy();
        turns.subList(1, turns.size()).forEach(turn -> merged.add(turn.latencies()));
        return merged;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
