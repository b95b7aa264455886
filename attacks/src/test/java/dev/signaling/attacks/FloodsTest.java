package dev.signaling.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One connection that sends as much as it can, against a server with its limits at their defaults. */
@Tag("scenario")
class FloodsTest {

    private static final String RATE_LIMITED = "1008 rate-limited";
    private static final Arena ARENA = Arena.open(Target.start(64));

    @AfterAll
    static void end() {
        ARENA.close();
    }

    private static void flood(Attack attack, String expected, int times, IntFunction<byte[]> frame) {
        Row row = ARENA.play(attack, () -> {
            try (Attacker attacker = Attacker.connect(ARENA.port()).in("theirs")) {
                return attacker.flood(times, frame);
            }
        });
        assertEquals(expected, row.got());
    }

    @Test
    void messages() {
        byte[] signal = Frames.signal("theirs", "{\"candidate\":null}");
        flood(Attack.MESSAGES, RATE_LIMITED, 20_000, i -> signal);
    }

    @Test
    void textsThatAreNoMessages() {
        byte[] text = Frames.text("hello");
        flood(Attack.NO_MESSAGES, RATE_LIMITED, 20_000, i -> text);
    }

    @Test
    void joinsAndLeaves() {
        byte[] join = Frames.join(Bystanders.CHANNEL);
        byte[] leave = Frames.leave(Bystanders.CHANNEL);
        flood(Attack.JOINS, RATE_LIMITED, 4_000, i -> i % 2 == 0 ? join : leave);
    }

    @Test
    void namesOfChannels() {
        flood(
                Attack.NAMES,
                RATE_LIMITED,
                20_000,
                i -> i % 2 == 0 ? Frames.join("name " + i) : Frames.leave("name " + (i - 1)));
    }

    @Test
    void pings() {
        byte[] ping = Frames.frame(Frames.FINAL | Frames.PING, new byte[4]);
        flood(Attack.PINGS, RATE_LIMITED, 20_000, i -> ping);
    }

    @Test
    void pongs() {
        byte[] pong = Frames.frame(Frames.FINAL | Frames.PONG, new byte[4]);
        flood(Attack.PONGS, RATE_LIMITED, 20_000, i -> pong);
    }

    @Test
    void fragmentsWithoutEnd() {
        byte[] first = Frames.frame(Frames.TEXT, new byte[60_000]);
        byte[] more = Frames.frame(Frames.CONTINUATION, new byte[60_000]);
        flood(Attack.LARGE_FRAGMENTS, "1009 message-too-large", 100, i -> i == 0 ? first : more);
    }

    @Test
    void emptyFragmentsWithoutEnd() {
        byte[] first = Frames.frame(Frames.TEXT, new byte[0]);
        byte[] more = Frames.frame(Frames.CONTINUATION, new byte[0]);
        flood(Attack.EMPTY_FRAGMENTS, RATE_LIMITED, 20_000, i -> i == 0 ? first : more);
    }

    @Test
    void aFrameOfThirtyMegabytes() {
        byte[] header = Frames.claim(Frames.FINAL | Frames.TEXT, 30_000_000);
        byte[] bytes = new byte[30_000];
        flood(Attack.LARGE_FRAME, "1009 message-too-large", 1_001, i -> i == 0 ? header : bytes);
    }
}
