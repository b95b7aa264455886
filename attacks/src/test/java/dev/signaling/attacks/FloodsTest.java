package dev.signaling.attacks;

import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One connection that sends as much as it can, against a server with its limits at their defaults. */
@Tag("scenario")
class FloodsTest {

    private static final Arena ARENA = Arena.open(Target.start(64));

    @AfterAll
    static void end() {
        ARENA.close();
    }

    private static void flood(Attack attack, int times, IntFunction<byte[]> frame) {
        flood(attack, "theirs", times, frame);
    }

    private static void flood(Attack attack, String channel, int times, IntFunction<byte[]> frame) {
        ARENA.play(attack, () -> {
            try (Attacker attacker = Attacker.connect(ARENA.port()).in(channel)) {
                return attacker.flood(times, frame);
            }
        });
    }

    @Test
    void messages() {
        byte[] signal = Frames.signal(Bystanders.CHANNEL, "{\"candidate\":null}");
        flood(Attack.MESSAGES, Bystanders.CHANNEL, 20_000, i -> signal);
    }

    @Test
    void largeMessages() {
        byte[] signal = Frames.signal(Bystanders.CHANNEL, "\"" + "x".repeat(60_000) + "\"");
        flood(Attack.LARGE_MESSAGES, Bystanders.CHANNEL, 400, i -> signal);
    }

    @Test
    void textsThatAreNoMessages() {
        byte[] text = Frames.text("hello");
        flood(Attack.NO_MESSAGES, 20_000, i -> text);
    }

    @Test
    void joinsAndLeaves() {
        byte[] join = Frames.join(Bystanders.CHANNEL);
        byte[] leave = Frames.leave(Bystanders.CHANNEL);
        flood(Attack.JOINS, 4_000, i -> i % 2 == 0 ? join : leave);
    }

    @Test
    void namesOfChannels() {
        flood(Attack.NAMES, 20_000, i -> i % 2 == 0 ? Frames.join("name " + i) : Frames.leave("name " + (i - 1)));
    }

    @Test
    void pings() {
        byte[] ping = Frames.frame(Frames.FINAL | Frames.PING, new byte[4]);
        flood(Attack.PINGS, 20_000, i -> ping);
    }

    @Test
    void pongs() {
        byte[] pong = Frames.frame(Frames.FINAL | Frames.PONG, new byte[4]);
        flood(Attack.PONGS, 20_000, i -> pong);
    }

    @Test
    void fragmentsWithoutEnd() {
        byte[] first = Frames.frame(Frames.TEXT, new byte[60_000]);
        byte[] more = Frames.frame(Frames.CONTINUATION, new byte[60_000]);
        flood(Attack.LARGE_FRAGMENTS, 100, i -> i == 0 ? first : more);
    }

    @Test
    void emptyFragmentsWithoutEnd() {
        byte[] first = Frames.frame(Frames.TEXT, new byte[0]);
        byte[] more = Frames.frame(Frames.CONTINUATION, new byte[0]);
        flood(Attack.EMPTY_FRAGMENTS, 20_000, i -> i == 0 ? first : more);
    }

    @Test
    void aFrameOfThirtyMegabytes() {
        byte[] header = Frames.claim(Frames.FINAL | Frames.TEXT, 30_000_000);
        byte[] bytes = new byte[30_000];
        flood(Attack.LARGE_FRAME, 1_001, i -> i == 0 ? header : bytes);
    }
}
