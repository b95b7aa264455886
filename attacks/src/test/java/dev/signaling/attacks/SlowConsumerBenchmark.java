package dev.signaling.attacks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * What a thousand members of a channel feel of one more that stops reading. In all rounds that one is sent 60 KB at a time,
 * which is for nobody else; in every other round it does not read, and is replaced when it has been closed for that. Needs a
 * machine that does nothing else, so it is run by its name alone:
 *
 * <pre>mvn -q test -pl attacks -am -Dtest=SlowConsumerBenchmark -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class SlowConsumerBenchmark {

    private static final int MEMBERS = 990;
    private static final int ROUNDS = Integer.getInteger("attacks.rounds", 9);
    private static final int SIGNALS = 200;
    private static final double MOST = 1.1;
    private static final Duration PACE = Duration.ofMillis(50);

    @Test
    void theOthersFeelNoTenthOfIt() throws InterruptedException {
        List<Double> ratios = new ArrayList<>();
        Target target = Target.start(512);
        try (Arena arena = Arena.open(target, Bystanders.gather(target.port(), MEMBERS, PACE, 300))) {
            arena.bystanders().await(2 * SIGNALS); // the server's code is compiled by then
            for (int round = 0; round < ROUNDS; round++) {
                Histogram without = round(arena, true);
                Histogram with = round(arena, false);
                double ratio = (double) with.getValueAtPercentile(99) / without.getValueAtPercentile(99);
                ratios.add(ratio);
                System.out.printf(
                        Locale.ROOT,
                        "it reads: %s ms, it does not: %s ms, p99 ratio %.2f%n",
                        Row.millis(without),
                        Row.millis(with),
                        ratio);
            }
            arena.bystanders().requireAll();
        }
        double median =
                ratios.stream().sorted().skip(ratios.size() / 2).findFirst().orElseThrow();
        System.out.printf(Locale.ROOT, "median of the ratios %.2f%n", median);
        assertTrue(median < MOST, "the others' p99 is " + median + " times what it was");
    }

    private static Histogram round(Arena arena, boolean reads) throws InterruptedException {
        Thread feeder = new Thread(() -> feed(arena, reads), "feeder");
        feeder.start();
        arena.bystanders().await(20); // what the change itself costs is not looked at
        arena.bystanders().latencies();
        arena.bystanders().await(SIGNALS);
        Histogram felt = arena.bystanders().latencies();
        feeder.interrupt();
        feeder.join();
        return felt;
    }

    /** Until it is interrupted. */
    private static void feed(Arena arena, boolean reads) {
        try (Attacker sender = Attacker.connect(arena.port()).in(Bystanders.CHANNEL)) {
            while (true) {
                try (Attacker fed = reads ? Attacker.connect(arena.port()) : Attacker.connectSlow(arena.port())) {
                    byte[] large = Frames.signalTo(fed.greeted(), "x".repeat(60_000));
                    fed.write(Frames.join(Bystanders.CHANNEL));
                    if (reads) {
                        new Thread(fed::ending, "reader").start();
                    }
                    while (!arena.target().takeLine("close   1013 slow-consumer")) {
                        sender.write(large);
                        TimeUnit.MILLISECONDS.sleep(40);
                    }
                }
            }
        } catch (InterruptedException e) {
            // the round is over
        } catch (UncheckedIOException e) {
            throw new AssertionError("the sender was cut", e);
        }
    }
}
