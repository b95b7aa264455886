package dev.signaling.benchmarks;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** What is to be done later, on the event loop's thread. Seeded, so that the crowd does the same every time. */
final class Agenda {

    private record Entry(long nanos, Runnable task) {}

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::nanos));
    private final SplittableRandom random = new SplittableRandom(20_261_124);

    /** Some time between the two, in milliseconds. */
    void in(int least, int most, Runnable task) {
        entries.add(new Entry(
                System.nanoTime()
                        + Duration.ofMillis(random.nextInt(least, most)).toNanos(),
                task));
    }

    int random(int bound) {
        return random.nextInt(bound);
    }

    void runDue() {
        long now = System.nanoTime();
        while (!entries.isEmpty() && entries.element().nanos() <= now) {
            entries.remove().task().run();
        }
    }
}
