package dev.signaling.attacks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a thousand members of a channel feel of one more that stops reading. In all rounds that one is sent 60 KB at a time,
 * which is for nobody else. In every other round it does not read, and is replaced when it has been closed for that; in the
 * rounds between it reads, and is replaced when it has been sent as much, so that as many come and go in both.
 *
 * <p>Needs a machine that does nothing else, so it is run by its name alone. It takes four minutes, and prints a line at
 * the end:
 *
 * <pre>mvn -q test -pl attacks -am -Dtest=SlowConsumerBenchmark -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class SlowConsumerBenchmark {

    private static final int MEMBERS = 990;
    private static final int PAIRS = Integer.getInteger("attacks.rounds", 9);
    private static final int SIGNALS = 200;
    private static final int MOST_SIGNALS = 20 * SIGNALS;
    private static final double MOST = 1.1;

    /** Of the bystanders. */
    private static final Duration PACE = Duration.ofMillis(50);

    /** Of what is sent to the one: as much as a member may send. */
    private static final Duration FEEDING_PACE = Duration.ofMillis(60);

    private final ExecutorService feeder = Executors.newSingleThreadExecutor();
    private volatile int enough; // portions that the last one was sent that did not read, before it was closed
    private final AtomicInteger replaced = new AtomicInteger();

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theOthersFeelNoTenthOfIt() throws Exception {
        long begin = System.nanoTime();
        List<Double> ratios = new ArrayList<>();
        Target target = Target.start(512);
        long cost;
        try (Arena arena = Arena.open(target, Bystanders.gather(target.port(), MEMBERS, PACE, 300))) {
            arena.bystanders().await(2 * SIGNALS); // the server's code is compiled by then
            round(arena, false);
            for (int pair = 0; pair < PAIRS; pair++) {
                boolean first = pair % 2 == 0; // neither is always the later one
                Histogram one = round(arena, first);
                Histogram other = round(arena, !first);
                ratios.add(ratio(first ? one : other, first ? other : one));
            }
            cost = cost(arena);
            arena.bystanders().requireAll();
        } finally {
            feeder.shutdownNow();
        }
        double median =
                ratios.stream().sorted().skip(ratios.size() / 2).findFirst().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "SlowConsumerBenchmark: the others' p99 is %.2f times what it was without (median of %d rounds, %s); the "
                        + "one that does not read costs up to %d KB of heap; took %d s%n",
                median,
                ratios.size(),
                ratios.stream()
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .toList(),
                cost,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
        assertTrue(median < MOST, "the others' p99 is " + median + " times what it was");
    }

    private double ratio(Histogram without, Histogram with) {
        double ratio = (double) with.getValueAtPercentile(99) / without.getValueAtPercentile(99);
        System.out.printf(
                Locale.ROOT,
                "it reads: %s ms, it does not: %s ms, p99 ratio %.2f, closed after %d portions%n",
                Row.millis(without),
                Row.millis(with),
                ratio,
                enough);
        return ratio;
    }

    /** What the bystanders feel while at least one is replaced: one that reads and leaves, or one that was closed. */
    private Histogram round(Arena arena, boolean reads) throws InterruptedException, ExecutionException {
        Bystanders bystanders = arena.bystanders();
        Future<?> feeding = feeder.submit(() -> feed(arena, reads));
        bystanders.await(20); // what the change itself costs is not looked at
        bystanders.latencies();
        int before = replaced.get();
        int signals = 0;
        while (signals < SIGNALS || replaced.get() == before) {
            requireFeeding(feeding);
            assertTrue(signals < MOST_SIGNALS, "none was replaced while the others heard " + signals + " signals");
            bystanders.await(SIGNALS / 10);
            signals += SIGNALS / 10;
        }
        Histogram felt = bystanders.latencies();
        requireFeeding(feeding);
        feeding.cancel(true);
        feeder.submit(() -> {}).get(); // behind it
        return felt;
    }

    private static void requireFeeding(Future<?> feeding) throws InterruptedException, ExecutionException {
        if (feeding.isDone()) {
            feeding.get();
            throw new AssertionError("the feeder has come to its end");
        }
    }

    /** Until it is interrupted. */
    private void feed(Arena arena, boolean reads) {
        try (Attacker sender = Attacker.connect(arena.port()).in(Bystanders.CHANNEL)) {
            sender.readOn();
            while (true) {
                try (FedMember fed = new FedMember(arena, sender, reads)) {
                    int portions = 0;
                    while (reads ? portions < enough : !fed.isClosed()) {
                        fed.feed();
                        portions++;
                        TimeUnit.NANOSECONDS.sleep(FEEDING_PACE.toNanos());
                    }
                    if (reads) {
                        fed.leave();
                    } else {
                        enough = portions;
                    }
                    replaced.incrementAndGet();
                } catch (InterruptedException e) {
                    sender.leave();
                    return;
                }
            }
        }
    }

    private static long cost(Arena arena) {
        try (Attacker sender = Attacker.connect(arena.port()).in(Bystanders.CHANNEL)) {
            sender.readOn();
            try (FedMember slow = new FedMember(arena, sender, false)) {
                return slow.cost();
            }
        }
    }
}
