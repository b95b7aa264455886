package dev.signaling.attacks;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that do too little, against a server whose deadlines are short. */
@Tag("scenario")
class IdlersTest {

    private static final Arena ARENA = Arena.open(
            Target.start(64, "joinDeadline=3s", "pingInterval=2s", "timeout=5s", "sendTimeout=4s", "closeTimeout=2s"));

    /** As many messages of 60 KB as a member may send at once, and how far apart all others have to be. */
    private static final int AT_ONCE = 60;

    private static final Duration PACE = Duration.ofMillis(60);
    private static final int MOST_LARGE = 900;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    static void end() {
        ARENA.close();
    }

    @Test
    void connectionsThatNeverJoin() {
        ARENA.play(Attack.NEVER_JOINS, () -> {
            List<Attacker> attackers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                attackers.add(Attacker.connect(ARENA.port()));
            }
            Set<String> endings = new TreeSet<>();
            attackers.forEach(attacker -> endings.add(attacker.ending()));
            attackers.forEach(Attacker::close);
            return String.join(", ", endings);
        });
    }

    @Test
    void aMemberThatNeverReads() {
        slowReader(Attack.NEVER_READS, attacker -> {});
    }

    @Test
    void aMemberThatReadsAByteASecond() {
        slowReader(Attack.READS_SLOWLY, attacker -> {
            var unused = timer.scheduleAtFixedRate(attacker::readByte, 1, 1, TimeUnit.SECONDS);
        });
    }

    private void slowReader(Attack attack, Consumer<Attacker> reading) {
        byte[] large = Frames.signal("theirs", "\"" + "x".repeat(60_000) + "\"");
        ARENA.play(attack, () -> {
            try (Attacker reader = Attacker.connectSlow(ARENA.port()).in("theirs");
                    Attacker sender = Attacker.connect(ARENA.port()).in("theirs")) {
                reading.accept(reader);
                CompletableFuture<String> line =
                        CompletableFuture.supplyAsync(() -> ARENA.target().awaitLine("close   1013 slow-consumer"));
                for (int i = 0; i < MOST_LARGE && !line.isDone(); i++) {
                    sender.write(large);
                    if (i >= AT_ONCE) {
                        await(line, PACE);
                    }
                }
                return line.join().replaceAll(".*close +(1013 slow-consumer).*", "$1");
            } finally {
                timer.shutdownNow();
            }
        });
    }

    /** Waits so long at most. */
    private static void await(CompletableFuture<?> event, Duration time) {
        try {
            event.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // not yet
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aMemberThatSendsAByteASecond() {
        ARENA.play(Attack.SENDS_SLOWLY, () -> {
            try (Attacker attacker = Attacker.connect(ARENA.port()).in("theirs")) {
                byte[] text = Frames.signal("theirs", "\"" + "x".repeat(1_000) + "\"");
                int[] at = {0};
                var unused = timer.scheduleAtFixedRate(
                        () -> {
                            try {
                                attacker.write(new byte[] {text[at[0]++]});
                            } catch (UncheckedIOException e) {
                                timer.shutdown(); // it is closed
                            }
                        },
                        0,
                        1,
                        TimeUnit.SECONDS);
                return attacker.ending();
            } finally {
                timer.shutdownNow();
            }
        });
    }
}
