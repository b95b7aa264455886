package dev.signaling.attacks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** A server under attack, and the peers who have nothing to do with it. */
final class Arena implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Signals that are heard without the attack, and at least as many with it. */
    private static final int SIGNALS = 50;

    /** Of a hundred signals between others the slowest takes less, also where the machine is busy with something else. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Target target;
    private final Bystanders bystanders;

    private Arena(Target target, Bystanders bystanders) {
        this.target = target;
        this.bystanders = bystanders;
    }

    /** Ten bystanders, who exchange two hundred signals a second. */
    static Arena open(Target target) {
        return open(target, Bystanders.gather(target.port(), 10, Duration.ofMillis(5), 100));
    }

    static Arena open(Target target, Bystanders bystanders) {
        Arena arena = new Arena(target, bystanders);
        arena.warmUp();
        return arena;
    }

    /** Everything once: connections that are closed by either side, so that what the server makes only once is there. */
    private void warmUp() {
        bystanders.await(SIGNALS);
        for (int i = 0; i < 20; i++) {
            try (Attacker attacker = Attacker.connect(port())) {
                attacker.in("warm-up");
                attacker.flood(1, none -> Frames.frame(Frames.FINAL | Frames.TEXT + 1, new byte[1]));
            }
        }
    }

    int port() {
        return target.port();
    }

    Target target() {
        return target;
    }

    Bystanders bystanders() {
        return bystanders;
    }

    /**
     * Attacks, and waits until the server has nothing of it left. The bystanders have to hear everything in order all along,
     * and in time for people who wait for it.
     *
     * @param played says what the attacker got, which has to be what the attack says; it has closed all that it opened by
     *     then
     */
    void play(Attack attack, Supplier<String> played) {
        Footprint before = target.footprint();
        bystanders.latencies();
        bystanders.await(SIGNALS);
        Histogram without = bystanders.latencies();
        String got = played.get();
        Histogram with = bystanders.latencies();
        if (with.getTotalCount() < without.getTotalCount()) { // over in no time: what it left behind is felt as well
            bystanders.await(SIGNALS);
            with.add(bystanders.latencies());
        }
        bystanders.requireAll();
        assertEquals(attack.got(), got);
        Duration slowest = Duration.ofNanos(with.getValueAtPercentile(99));
        assertTrue(slowest.compareTo(LONGEST) < 0, "the others' signals were under way for " + slowest);
        new Row(attack, without, with, before, settled(before)).write();
    }

    private Footprint settled(Footprint before) {
        return await("a server as it was: " + before)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(target::footprint, now -> now.isBackTo(before));
    }

    @Override
    public void close() {
        bystanders.close();
        target.close();
    }
}
