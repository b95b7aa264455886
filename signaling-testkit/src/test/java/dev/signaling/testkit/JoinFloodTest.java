package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two joins a second, in bursts of ten: a peer that joins and leaves in a large channel makes a flood of each message. */
final class JoinFloodTest {

    private final ManualClock clock = new ManualClock();
    private final SignalingHub hub = SignalingHub.builder()
            .clock(clock)
            .limits(Limits.builder().joinsPerSecond(2).joinBurst(10).build())
            .build();
    private final Guest member = Guest.of(hub).inRoom();
    private final Guest restless = Guest.of(hub);

    private void comeAndGo(int times) {
        for (int i = 0; i < times; i++) {
            restless.join("room");
            restless.leave("room");
        }
    }

    @Test
    void aBurstPassesAndEachTooManyIsAnswered() {
        comeAndGo(10);
        restless.hears();
        member.hears();
        restless.join("room");
        restless.join("elsewhere");
        var refused = Guest.failure(ErrorCode.RATE_LIMITED, "too many joins at once, the limit is 2 a second");
        assertEquals(List.of(refused, refused), restless.hears());
        assertEquals(List.of(), member.hears());
        assertEquals(Optional.empty(), restless.connection().ended());
    }

    @Test
    void whoKeepsToTheRateIsNeverRefused() {
        for (int i = 0; i < 1_000; i++) {
            comeAndGo(1);
            clock.advance(Duration.ofMillis(500));
        }
        assertEquals(2_000, member.hears().size());
    }

    @Test
    void aFloodIsClosedAndTheOthersHearOfTenJoinsOnly() {
        comeAndGo(20);
        assertEquals(Optional.empty(), restless.connection().ended());
        restless.join("room");
        assertEquals(
                Optional.of(CloseStatus.RATE_LIMITED), restless.connection().ended());
        assertEquals(20, member.hears().size());
    }

    @Test
    void whoIsInAChannelStaysThereWhenAnotherJoinIsRefused() {
        comeAndGo(9);
        restless.join("room");
        restless.hears();
        restless.join("elsewhere");
        restless.hears();
        member.say("still there?");
        assertEquals(List.of(Guest.signal("room", member, "still there?")), restless.hears());
    }
}
