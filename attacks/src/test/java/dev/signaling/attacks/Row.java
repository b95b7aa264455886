package dev.signaling.attacks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** One row of docs/reliability.md: what an attack got, and what the others felt, without it and with it. */
record Row(Attack attack, Histogram without, Histogram with, Footprint before, Footprint after) {

    private static final Path ROWS = Path.of(System.getProperty("attacks.rows", "target/attacks.md"));

    String text() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %.1f → %.1f MB | %d → %d | %d → %d |",
                attack.title(),
                attack.sent(),
                attack.got(),
                attack.limit(),
                millis(without),
                millis(with),
                before.heap() / 1024.0,
                after.heap() / 1024.0,
                before.threads().size(),
                after.threads().size(),
                before.files(),
                after.files());
    }

    static String millis(Histogram latencies) {
        return String.format(
                Locale.ROOT,
                "%.1f, %.1f",
                latencies.getValueAtPercentile(50) / 1e6,
                latencies.getValueAtPercentile(99) / 1e6);
    }

    /** Writes it behind those of the attacks before. */
    void write() {
        try {
            Files.createDirectories(ROWS.toAbsolutePath().getParent());
            Files.writeString(ROWS, text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
