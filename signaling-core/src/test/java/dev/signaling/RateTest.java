package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Rate.Ruling;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RateTest {

    private static Rate rate(int perSecond, int burst) {
        return new Rate("messages", perSecond, burst);
    }

    @Test
    void passesWhatIsAllowedInTheLongRun() {
        Rate rate = rate(50, 10);
        long passed = LongStream.range(0, 60_000)
                .filter(millis -> millis % 25 == 0) // 40 a second
                .filter(millis -> rate.rule(1_000_000 + millis) == Ruling.PASS)
                .count();
        assertEquals(60 * 40, passed);
    }

    @Test
    void passesABurstAndNoMore() {
        Rate rate = rate(1, 3);
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
        Rate rate = rate(1, 2);
        assertEquals(Ruling.PASS, rate.rule(0));
        assertEquals(Ruling.PASS, rate.rule(0));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(0));
        assertEquals(Ruling.REFUSED, rate.rule(0));
        assertEquals(Ruling.FLOOD, rate.rule(0));
    }

    @Test
    void whatIsHeavyCountsForAsMuch() {
        Rate rate = rate(1_000, 10_000);
        assertEquals(Ruling.PASS, rate.rule(0, 6_000));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(0, 4_001));
        assertEquals(Ruling.PASS, rate.rule(0, 4_000));
        assertEquals(Ruling.REFUSED, rate.rule(0, 1));
        assertEquals(Ruling.PASS, rate.rule(1_000, 1_000));
        assertEquals(Ruling.REFUSED, rate.rule(1_000, 5_998));
        assertEquals(Ruling.FLOOD, rate.rule(1_000, 1), "10,001 were refused without calm in between");
    }

    @Test
    void calmIsHalfABurst() {
        Rate rate = rate(1_000, 10_000);
        assertEquals(Ruling.PASS, rate.rule(0, 10_000));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(0, 10_000));
        assertEquals(Ruling.PASS, rate.rule(5_001, 2));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(5_001, 10_000), "the first one again");
    }

    /** Or whoever sends it could never be heard. */
    @Test
    void whatIsHeavierThanABurstPassesAfterASilence() {
        Rate rate = rate(1_000, 10_000);
        assertEquals(Ruling.PASS, rate.rule(0, 1));
        assertEquals(Ruling.FIRST_REFUSED, rate.rule(0, 20_000));
        assertEquals(Ruling.PASS, rate.rule(1, 20_000));
        assertEquals(Ruling.PASS, rate.rule(10_001, Integer.MAX_VALUE));
    }

    @Test
    void whatHasNoWeightAlwaysPasses() {
        Rate rate = rate(1, 1);
        assertEquals(Ruling.PASS, rate.rule(0, 1));
        assertEquals(Ruling.PASS, rate.rule(0, 0));
    }

    @Test
    void saysWhatWasTooMuch() {
        assertEquals(
                "too many messages at once, the limit is 7 a second", rate(7, 1).excess());
    }

    @Test
    void startsAtAnyTime() {
        assertEquals(
                Ruling.PASS, new Rate("characters", 1, Integer.MAX_VALUE).rule(4_000_000_000_000L, Integer.MAX_VALUE));
        assertEquals(Ruling.PASS, rate(1, 1).rule(0));
        assertEquals(Ruling.PASS, rate(1_000_000, Integer.MAX_VALUE).rule(4_000_000_000_000L));
    }
}
