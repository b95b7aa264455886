package dev.signaling.servers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How a server did. */
record Ran(Server server, String java, Duration up, String rules, Duration told, long bytes, String farewell) {

    /** As it is printed at the end: a line for each, and one for all of them, which took so long. */
    static String table(List<Ran> all, Duration took) {
        String line = "%-13s %-12s %4s %8s %8s %7s  %-32s %s%n";
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                line,
                "server",
                "version",
                "Java",
                "up after",
                "told in",
                "disk",
                "rules of PROTOCOL.md",
                "what a peer hears at its end"));
        for (Ran one : all) {
            table.append(String.format(
                    Locale.ROOT,
                    line,
                    one.server.id(),
                    one.server.version(),
                    one.java,
                    seconds(one.up),
                    seconds(one.told),
                    one.bytes / 1_000_000 + " MB",
                    one.rules,
                    one.farewell));
        }
        long megabytes = all.stream().mapToLong(Ran::bytes).sum() / 1_000_000;
        return table.append(String.format(Locale.ROOT, "%d in %s, %d MB%n", all.size(), seconds(took), megabytes))
                .toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
