package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LimitsTest {

    @Test
    void eachLimitMustBePositive() throws ReflectiveOperationException {
        RecordComponent[] components = Limits.class.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object[] values = values();
            boolean duration = components[i].getType() == Duration.class;
            for (Object bad : duration ? new Object[] {Duration.ZERO, Duration.ofMillis(-1)} : new Object[] {0, -1}) {
                values[i] = bad;
                assertEquals(components[i].getName() + " is not positive: " + bad, refusal(values));
            }
        }
    }

    @Test
    void someHaveBoundsOfTheirOwn() {
        Limits defaults = Limits.defaults();
        Limits.builder().messagesPerSecond(1_000_000).build();
        refused(Limits.builder().messagesPerSecond(1_000_001));
        Limits.builder().charactersPerSecond(1_000_000_000).build();
        refused(Limits.builder().charactersPerSecond(1_000_000_001));
        Limits.builder().joinsPerSecond(1_000_000).build();
        refused(Limits.builder().joinsPerSecond(1_000_001));
        Limits.builder().iceRequestsPerSecond(1_000_000).build();
        refused(Limits.builder().iceRequestsPerSecond(1_000_001));
        Limits.builder().nameCharacters(256).build();
        refused(Limits.builder().nameCharacters(257));
        Limits.builder().outboxCharacters(defaults.messageCharacters()).build();
        refused(Limits.builder().outboxCharacters(defaults.messageCharacters() - 1));
        refused(Limits.builder().messageCharacters(defaults.outboxCharacters() + 1));
        Limits.builder().characterBurst(defaults.messageCharacters()).build();
        refused(Limits.builder().characterBurst(defaults.messageCharacters() - 1));
    }

    @Test
    void timesCanBeCountedInMilliseconds() {
        Duration longest = Duration.ofMillis(Long.MAX_VALUE);
        Limits.builder().joinDeadline(longest).resumeGrace(longest).build();
        Duration forever = ChronoUnit.FOREVER.getDuration();
        refused(Limits.builder().joinDeadline(forever));
        refused(Limits.builder().resumeGrace(forever));
    }

    @Test
    void eachIsChangedAlone() {
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        Duration minute = Duration.ofMinutes(1);
        Limits changed = Limits.builder()
                .messageCharacters(1)
                .messagesPerSecond(2)
                .messageBurst(3)
                .charactersPerSecond(4)
                .characterBurst(5)
                .joinsPerSecond(6)
                .joinBurst(7)
                .waitingCharacters(8)
                .channelsPerConnection(9)
                .peersPerChannel(10)
                .nameCharacters(11)
                .metadataCharacters(12)
                .outboxMessages(13)
                .outboxCharacters(14)
                .connections(15)
                .connectionsPerAddress(16)
                .iceRequestsPerSecond(17)
                .iceRequestBurst(18)
                .joinDeadline(second)
                .resumeGrace(hour)
                .tokenGrace(minute)
                .build();
        assertEquals(
                new Limits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, second, hour, minute),
                changed);
        assertEquals(changed, changed.toBuilder().build());
        assertEquals(Limits.defaults(), Limits.builder().build());
    }

    private static void refused(Limits.Builder builder) {
        assertThrows(IllegalArgumentException.class, builder::build);
    }

    private static Object[] values() throws ReflectiveOperationException {
        RecordComponent[] components = Limits.class.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getAccessor().invoke(Limits.defaults());
        }
        return values;
    }

    private static String refusal(Object[] values) throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(Limits.class.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<Limits> constructor = Limits.class.getDeclaredConstructor(types);
        InvocationTargetException refused =
                assertThrows(InvocationTargetException.class, () -> constructor.newInstance(values));
        return String.valueOf(refused.getTargetException().getMessage());
    }
}
