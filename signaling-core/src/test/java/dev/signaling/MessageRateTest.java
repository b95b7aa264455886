package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.MessageRate.Ruling;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MessageRateTest {

    private static MessageRate rate(int perSecond, int burst) {
        return new MessageRate(perSecond, burst);
    }

    @Test
    void passesWhatIsAllowedInTheLongRun() {
        MessageRate rate = rate(50, 10);
        long passed = LongStream.range(0, 60_000)
                .filter(millis -> millis % 25 == 0) // 40 a second
                .filter(millis -> rate.rule(1_000_000 + millis) == Ruling.PASS)
                .count();
        assertEquals(60 * 40, passed);
    }

    @Test
    void passesABurstAndNoMore() {
        MessageRate rate = rate(1, 3);
        long now = 1_700_000_000_000L;
        assertEquals(Ruling.PASS, rate.rule(now));
        assertEquals(Ruling.PASS, rate.rule(now));
        assertEquals(Ruling.PASS, rate.rule(now));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(now));
        assertEquals(Ruling.REFUSED, rate.rule(now));
        assertEquals(Ruling.PASS, rate.rule(now + 1_000));
    }

    @Test
    void countsTheRefusedUpToAFlood() {
        MessageRate rate = rate(1, 2);
        assertEquals(Ruling.PASS, rate.rule(0));
        assertEquals(Ruling.PASS, rate.rule(0));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(0));
        assertEquals(Ruling.REFUSED, rate.rule(0));
        assertEquals(Ruling.FLOOD, rate.rule(0));
    }

    @Test
    void startsAtAnyTime() {
        assertEquals(Ruling.PASS, rate(1, 1).rule(0));
        assertEquals(Ruling.PASS, rate(1_000_000, Integer.MAX_VALUE).rule(4_000_000_000_000L));
    }
}
