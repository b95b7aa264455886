package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivenessTest {

    @ParameterizedTest
    @CsvSource({
        "0.999, 75, 20, 10, pingInterval",
        "0, 75, 20, 10, pingInterval",
        "-25, 75, 20, 10, pingInterval",
        "25, 0, 20, 10, timeout",
        "25, 25, 20, 10, timeout",
        "75, 25, 20, 10, timeout",
        "25, 75, 0.5, 10, sendTimeout",
        "25, 75, 20, 0.5, closeTimeout"
    })
    void refusesTimesThatMakeNoSense(double ping, double timeout, double send, double close, String culprit) {
        var fault = assertThrows(
                IllegalArgumentException.class,
                () -> new Liveness(seconds(ping), seconds(timeout), seconds(send), seconds(close)));
        String words = String.valueOf(fault.getMessage());
        assertTrue(words.startsWith(culprit), words);
    }

    @Test
    void takesTheShortestTimes() {
        assertDoesNotThrow(() -> new Liveness(seconds(1), seconds(1.001), seconds(1), seconds(1)));
    }

    @Test
    void takesTheLongestTimesThatCanBeCountedInMilliseconds() {
        Duration longest = Duration.ofMillis(Long.MAX_VALUE);
        assertDoesNotThrow(() -> new Liveness(seconds(1), longest, longest, longest));
        Duration forever = ChronoUnit.FOREVER.getDuration();
        assertThrows(IllegalArgumentException.class, () -> new Liveness(seconds(1), forever, seconds(1), seconds(1)));
    }

    @Test
    void givesAHiddenTabThatIsWokenOnceAMinuteTimeToAnswer() {
        assertEquals(new Liveness(seconds(25), seconds(75), seconds(20), seconds(10)), Liveness.defaults());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }
}
