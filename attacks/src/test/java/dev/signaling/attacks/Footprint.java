package dev.signaling.attacks;

import java.util.List;

/**
 * What a server takes of its machine.
 *
 * @param heap behind a full collection, in kilobytes
 * @param threads their names
 * @param files how many file descriptors are open
 */
record Footprint(long heap, List<String> threads, long files) {

    /** What the heap may have grown by all the same: what the JVM itself keeps of classes that it saw for the first time. */
    private static final long SLACK = 1_536;

    static final String BEGIN = "footprint ";

    String written() {
        return BEGIN + heap + " " + files + " " + String.join(",", threads);
    }

    static Footprint read(String line) {
        String[] parts = line.substring(BEGIN.length()).split(" ", 3);
        return new Footprint(Long.parseLong(parts[0]), List.of(parts[2].split(",", -1)), Long.parseLong(parts[1]));
    }

    /** Whether nothing is left of what came after that. */
    boolean isBackTo(Footprint before) {
        return heap <= before.heap + SLACK && threads.size() <= before.threads.size() && files <= before.files;
    }
}
