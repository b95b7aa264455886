package dev.signaling.attacks;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** A server under attack, and the peers who have nothing to do with it. */
final class Arena implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Signals that are heard without the attack, and at least as many with it. */
    private static final int SIGNALS = 50;

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
     * Attacks, and waits until the server has nothing of it left. The bystanders have to hear everything in order all along.
     *
     * @param played says what the attacker got; it has closed all that it opened by then
     */
    Row play(Attack attack, Supplier<String> played) {
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
        Row row = new Row(attack, got, without, with, before, settled(before));
        row.write();
        return row;
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
