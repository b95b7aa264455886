package dev.signaling.attacks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes many peers, or many channels. */
@Tag("scenario")
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrowdsTest {

    private static final int MEMBERS = 1_000;

    /** What an outbox may hold, characters of a byte or two, and as much again for what the container has of it. */
    private static final long OUTBOX_KILOBYTES = 4 * 1_024;

    private static final int NAMES = Integer.getInteger("attacks.names", 1_000_000);
    private static final int NAMES_EACH = 50;
    private static final int CHANNELS = 16;

    private static Arena crowded(String... limits) {
        Target target = Target.start(256, limits);
        return Arena.open(target, Bystanders.gather(target.port(), MEMBERS - 20, Duration.ofMillis(50), 100));
    }

    /** In the tutorial's format, where joining another channel leaves the first: half the messages, all the effect. */
    @Test
    void joinsAndLeavesInALargeChannel() {
        byte[] there = Frames.join(Bystanders.CHANNEL);
        byte[] elsewhere = Frames.join("elsewhere");
        try (Arena arena = crowded()) {
            arena.bystanders().await(100);
            arena.play(Attack.CHURN, () -> {
                try (Attacker attacker = Attacker.connectTutorial(arena.port())) {
                    return attacker.flood(20_000, i -> i % 2 == 0 ? there : elsewhere);
                }
            });
        }
    }

    /** It is closed, costs no more than its outbox may hold, and when it comes back it begins anew. */
    @Test
    void aMemberThatStopsReading() {
        try (Arena arena = crowded("sendTimeout=5s")) {
            arena.bystanders().await(100);
            arena.play(Attack.SLOW_CONSUMER, () -> {
                String token;
                try (Attacker sender = Attacker.connect(arena.port()).in(Bystanders.CHANNEL);
                        FedMember slow = new FedMember(arena, sender, false)) {
                    token = slow.token();
                    long cost = slow.cost();
                    assertTrue(cost < OUTBOX_KILOBYTES, cost + " KB more than before");
                }
                try (Attacker back = Attacker.connect(arena.port())) {
                    back.greeted();
                    back.write(Frames.text("{\"type\":\"resume\",\"received\":0,\"token\":\"" + token + "\"}"));
                    String answer = back.next();
                    assertTrue(answer.contains("\"code\":\"resume-failed\""), answer);
                }
                return "1013 slow-consumer";
            });
        }
    }

    /** By connections that are cut, so that each is waited for in its last sixteen channels. */
    @Test
    void aMillionNames() {
        try (Arena arena = Arena.open(Target.start(128, "resumeGrace=1s"))) {
            arena.play(Attack.MILLION_NAMES, () -> {
                for (int names = 0; names < NAMES; names += NAMES_EACH) {
                    try (Attacker attacker = Attacker.connect(arena.port())) {
                        attacker.write(joins(names));
                        attacker.awaitJoined("name " + (names + NAMES_EACH - 1));
                    }
                }
                return "all joined, none left behind";
            });
        }
    }

    /** Fifty, of which it leaves each again when it is in as many channels as it may be. */
    private static byte[] joins(int first) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int name = first; name < first + NAMES_EACH; name++) {
            if (name - first >= CHANNELS) {
                frames.writeBytes(Frames.leave("name " + (name - CHANNELS)));
            }
            frames.writeBytes(Frames.join("name " + name));
        }
        return frames.toByteArray();
    }
}
