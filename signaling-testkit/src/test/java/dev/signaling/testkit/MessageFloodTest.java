package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer may send ten messages a second, in bursts of twenty; who goes on is answered, and then closed. */
final class MessageFloodTest {

    private final ManualClock clock = new ManualClock();
    private final SignalingHub hub = SignalingHub.builder()
            .clock(clock)
            .limits(Limits.builder().messagesPerSecond(10).messageBurst(20).build())
            .build();
    private final Guest sender = Guest.of(hub);
    private final Guest receiver = Guest.of(hub);

    @BeforeEach
    void meet() {
        receiver.inRoom();
        sender.inRoom();
        clock.advance(Duration.ofMinutes(1));
        receiver.hears();
    }

    private void sayTimes(int times) {
        for (int i = 0; i < times; i++) {
            sender.say("again");
        }
    }

    @Test
    void aBurstPassesAndTheFirstTooManyIsAnswered() {
        sayTimes(25);

        assertEquals(20, receiver.hears().size());
        assertEquals(
                List.of(Guest.failure(ErrorCode.RATE_LIMITED, "too many messages at once, the limit is 10 a second")),
                sender.hears());
        assertEquals(Optional.empty(), sender.connection().ended());
    }

    @Test
    void whoKeepsToTheRateIsNeverRefused() {
        for (int i = 0; i < 1_000; i++) {
            sender.say("steadily");
            clock.advance(Duration.ofMillis(100));
        }
        assertEquals(1_000, receiver.hears().size());
        assertEquals(List.of(), sender.hears());
    }

    @Test
    void whoWasRefusedMaySpeakAgainSoon() {
        sayTimes(21);
        clock.advance(Duration.ofMillis(100));
        receiver.hears();
        sender.say("better now?");
        assertEquals(List.of(Guest.signal("room", sender, "better now?")), receiver.hears());
    }

    @Test
    void aFloodAtOnceIsClosed() {
        sayTimes(20 + 20);
        assertEquals(Optional.empty(), sender.connection().ended());

        sayTimes(1);
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), sender.outbox().closed());
        List<ServerMessage> heard = receiver.hears();
        assertEquals(Guest.peerLeft("room", sender, LeaveReason.REMOVED), heard.get(heard.size() - 1));
        assertEquals(21, heard.size());
    }

    /** What passes in between does not make up for what is refused. */
    @Test
    void aFloodThatGoesOnIsClosed() {
        for (int i = 0; i < 100 && sender.connection().ended().isEmpty(); i++) {
            sayTimes(3);
            clock.advance(Duration.ofMillis(100));
        }
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), sender.connection().ended());
    }

    @Test
    void whoFallsSilentForLongEnoughIsForgiven() {
        for (int i = 0; i < 100; i++) {
            sayTimes(25);
            clock.advance(Duration.ofSeconds(3));
        }
        assertEquals(Optional.empty(), sender.connection().ended());
    }

    @Test
    void textsThatAreNoMessagesCountToo() {
        for (int i = 0; i < 41; i++) {
            sender.connection().refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.empty(), 8);
        }
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), sender.connection().ended());
        assertEquals(21, sender.hears().size());
    }

    @Test
    void aClockThatIsSetBackClosesNobody() {
        sayTimes(20);
        clock.advance(Duration.ofHours(-1));
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMillis(200));
            sender.say("what time is it?");
        }
        assertEquals(Optional.empty(), sender.connection().ended());
        assertEquals(119, receiver.hears().size(), "all but one: it came before anybody saw what the time is");
    }

    @Test
    void aFloodIsNobodyElsesConcern() {
        sayTimes(100);
        receiver.hears();
        Guest third = Guest.of(hub).inRoom();
        third.say("hello");
        assertEquals(
                List.of(Guest.peerJoined("room", third.member()), Guest.signal("room", third, "hello")),
                receiver.hears());
    }
}
