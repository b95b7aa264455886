package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer may send a thousand characters a second, in bursts of ten thousand: few messages are a flood if they are long. */
final class CharacterFloodTest {

    private static final ServerMessage TOO_MANY =
            Guest.failure(ErrorCode.RATE_LIMITED, "too many characters at once, the limit is 1000 a second");

    private final ManualClock clock = new ManualClock();
    private final SignalingHub hub = hub(Limits.builder()
            .messageCharacters(5_000)
            .charactersPerSecond(1_000)
            .characterBurst(10_000)
            .build());
    private final Guest sender = Guest.of(hub);
    private final Guest receiver = Guest.of(hub);

    private SignalingHub hub(Limits limits) {
        return SignalingHub.builder().clock(clock).limits(limits).build();
    }

    @BeforeEach
    void meet() {
        receiver.inRoom();
        sender.inRoom();
        clock.advance(Duration.ofMinutes(1));
        receiver.hears();
    }

    /** As an adapter does that knows how long the text was. */
    private static void say(Guest guest, int times, int characters) {
        for (int i = 0; i < times; i++) {
            var signal =
                    new ClientMessage.Signal(Optional.empty(), Optional.empty(), Guest.data("again"), Optional.empty());
            guest.connection().receive(signal, characters);
        }
    }

    @Test
    void aBurstPassesAndTheFirstTooManyIsAnswered() {
        say(sender, 8, 2_000);

        assertEquals(5, receiver.hears().size());
        assertEquals(List.of(TOO_MANY), sender.hears());
        assertEquals(Optional.empty(), sender.connection().ended());
    }

    @Test
    void whoKeepsToTheRateIsNeverRefused() {
        for (int i = 0; i < 100; i++) {
            say(sender, 1, 5_000);
            clock.advance(Duration.ofSeconds(5));
        }
        assertEquals(100, receiver.hears().size());
        assertEquals(List.of(), sender.hears());
    }

    @Test
    void aFloodIsClosed() {
        say(sender, 2 + 2, 5_000);
        assertEquals(Optional.empty(), sender.connection().ended());

        say(sender, 1, 5_000);
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), sender.outbox().closed());
    }

    /** What passes in between does not make up for what is refused. */
    @Test
    void aFloodThatGoesOnIsClosed() {
        for (int i = 0; i < 100 && sender.connection().ended().isEmpty(); i++) {
            say(sender, 2, 1_000);
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), sender.connection().ended());
    }

    @Test
    void textsThatAreNoMessagesCountToo() {
        for (int i = 0; i < 5; i++) {
            sender.connection().refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.empty(), 5_000);
        }
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), sender.connection().ended());
        assertEquals(3, sender.hears().size());
    }

    @Test
    void withoutAKnownLengthAMessageCountsForWhatItCarries() {
        for (int i = 0; i < 4; i++) {
            sender.say("x".repeat(3_000));
        }
        assertEquals(3, receiver.hears().size());
        assertEquals(List.of(TOO_MANY), sender.hears());
    }

    @Test
    void noLengthIsNegative() {
        var ping = new ClientMessage.Ping(Optional.empty(), Optional.empty());
        assertThrows(IllegalArgumentException.class, () -> sender.connection().receive(ping, -1));
        assertThrows(IllegalArgumentException.class, () -> sender.connection()
                .refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.empty(), -1));
    }

    /** By the defaults, a streamer may offer 8 KB, and what is around it, to each of 500 viewers at once. */
    @Test
    void fiveHundredOffersPassAtOnce() {
        SignalingHub defaults = hub(Limits.defaults());
        Guest streamer = Guest.of(defaults).inRoom();
        Guest viewer = Guest.of(defaults).inRoom();
        streamer.hears();
        clock.advance(Duration.ofMinutes(1));

        say(streamer, 500, 8_192 + 150);

        assertEquals(500, viewer.hears().size());
        assertEquals(List.of(), streamer.hears());
    }

    /** By the defaults, whoever comes back may send all of it again that the library's client keeps, whatever was before. */
    @Test
    void whatIsSentAgainAfterALossPassesAtOnce() {
        SignalingHub defaults = hub(Limits.defaults());
        Returner lost = Returner.of(defaults);
        lost.guest().inRoom();
        Guest viewer = Guest.of(defaults).inRoom();
        say(lost.guest(), 64, 65_000);
        assertEquals(64, viewer.hears().size());
        lost.lose();

        Returner back = lost.back(2, 65);
        say(back.guest(), 512, 2_048);

        assertEquals(512, viewer.hears().size());
        assertEquals(List.of(), back.guest().hears());
    }
}
