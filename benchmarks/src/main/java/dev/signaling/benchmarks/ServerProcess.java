package dev.signaling.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells about the process under measurement. */
record ServerProcess(long pid) {
    // proc(5) counts in clock ticks, which the kernel's interface fixes at 100 a second
    private static final long MICROS_PER_TICK = 10_000;
    private static final int UTIME_AFTER_NAME = 11;
    private static final int STIME_AFTER_NAME = 12;

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);

    ServerProcess {
        if (!Files.isDirectory(Path.of("/proc/" + pid))) {
            throw new IllegalArgumentException("no process " + pid);
        }
    }

    /** CPU time of all its threads so far, in user and kernel mode. */
    long cpuMicros() {
        String stat = read("stat");
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(afterName[UTIME_AFTER_NAME]) + Long.parseLong(afterName[STIME_AFTER_NAME]);
        return ticks * MICROS_PER_TICK;
    }

    long residentBytes() {
        return read("smaps_rollup")
                .lines()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** What its live objects take, by a full collection; empty if it is no JVM. */
    Optional<Long> liveHeapBytes() {
        try {
            if (!Path.of("/proc/" + pid, "exe").toRealPath().endsWith("java")) {
                return Optional.empty();
            }
            Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
            if (!total.find()) {
                throw new IOException("no class histogram but: " + histogram);
            }
            return Optional.of(Long.parseLong(total.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into the server's heap", e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid, file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot watch the server's process", e);
        }
    }
}
