package dev.signaling.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM holds on to while nobody is there: live objects behind a full collection, threads and file descriptors.
 *
 * @param heap the bytes of each class
 * @param threads how many have each name, numbers left out
 * @param descriptors how many lead to each kind of file
 */
record Footprint(Map<String, Long> heap, Map<String, Long> threads, Map<String, Long> descriptors) {

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern CLASS = Pattern.compile("^ *\\d+: +\\d+ +(\\d+) +(\\S+)", Pattern.MULTILINE);
    private static final int LISTED = 12;

    static Footprint of(long pid) {
        Map<String, Long> heap = new TreeMap<>();
        jcmd(pid, "GC.run"); // twice: what the first has freed may have held something else
        Matcher lines = CLASS.matcher(jcmd(pid, "GC.class_histogram"));
        while (lines.find()) {
            heap.merge(lines.group(2), Long.parseLong(lines.group(1)), Long::sum);
        }
        Map<String, Long> threads = new TreeMap<>();
        Map<String, Long> descriptors = new TreeMap<>();
        for (Path task : list(Path.of("/proc/" + pid + "/task"))) {
            threads.merge(read(task.resolve("comm")).strip().replaceAll("\\d+", "#"), 1L, Long::sum);
        }
        for (Path descriptor : list(Path.of("/proc/" + pid + "/fd"))) {
            descriptors.merge(target(descriptor).replaceAll("\\[\\d+\\]", ""), 1L, Long::sum);
        }
        return new Footprint(heap, threads, descriptors);
    }

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The greatest differences, one a line. */
    static String differences(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> all = new TreeMap<>(after);
        before.forEach((key, count) -> all.merge(key, -count, Long::sum));
        List<String> lines = new ArrayList<>();
        all.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .sorted(Comparator.comparingLong(entry -> -Math.abs(entry.getValue())))
                .limit(LISTED)
                .forEach(entry -> lines.add("%+,d %s".formatted(entry.getValue(), entry.getKey())));
        return String.join("\n", lines);
    }

    String figures() {
        return "heap %,d bytes, %d threads, %d file descriptors".formatted(sum(heap), sum(threads), sum(descriptors));
    }

    private static String jcmd(long pid, String command) {
        try {
            Process jcmd = new ProcessBuilder(JCMD.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("no jcmd", e);
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "gone"; // a thread that has just ended
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "gone";
        }
    }
}
