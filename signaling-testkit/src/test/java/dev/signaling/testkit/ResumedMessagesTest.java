package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.ServerMessage;
import dev.signaling.message.ServerMessage.Resumption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer that comes back has missed, and what it has sent that is not known to have come. */
final class ResumedMessagesTest {

    private final InMemoryChannelStore channels = new InMemoryChannelStore();
    private final SignalingHub hub = SignalingHub.builder()
            .store(channels)
            .limits(Limits.builder().outboxMessages(10).messageBurst(50).build())
            .build();
    private final Guest witness = Guest.of(hub).inRoom();
    private final Returner ann = Returner.of(hub);

    @AfterEach
    void nothingIsLeftWhenAllAreGone() {
        hub.goAway(Duration.ZERO);
        assertEquals(0, hub.connections());
        assertEquals(0, channels.channels());
    }

    @Test
    void whatWasSentAndNotReceivedIsSentAgain() {
        ann.guest().join("room");
        witness.say("one");
        witness.say("two");
        ann.lose();
        witness.say("three");

        Returner again = ann.back(2, 1);

        assertEquals(
                List.of(Guest.signal("room", witness, "two"), Guest.signal("room", witness, "three")),
                again.guest().hears());
        again.lose();
        Returner third = again.back(3, 1);
        assertEquals(
                List.of(Guest.signal("room", witness, "three")), third.guest().hears());
    }

    @Test
    void whatCameOverACutConnectionIsNotCounted() {
        ann.guest().inRoom();
        ann.guest().say("in time");
        ann.guest().connection().refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.empty(), 8);
        ann.guest().connection().receive(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        witness.hears();
        Returner again = ann.back(1, 3);
        again.guest().hears();

        ann.guest().say("too late");
        ann.guest().connection().refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.empty(), 8);
        ann.lose();
        ann.guest().connection().disconnect(CloseStatus.GONE);

        assertEquals(List.of(), witness.hears());
        again.guest().connection().receive(new ClientMessage.Ping(Optional.empty(), Optional.of("p")));
        assertEquals(
                List.of(new ServerMessage.Pong(3, Optional.of("p"))),
                again.guest().hears());
    }

    @Test
    void whatIsDroppedForItsRateIsCounted() {
        for (int i = 0; i < 60; i++) {
            ann.guest().leave("nowhere");
        }
        ann.lose();
        ann.back(51, 60);
    }

    @Test
    void aReceiptMakesRoom() {
        ann.guest().inRoom();
        for (int i = 0; i < 10; i++) {
            witness.say("word " + i);
        }
        ann.guest().connection().receive(new ClientMessage.Ping(Optional.of(11L), Optional.of("1")));
        ann.guest().connection().receive(new ClientMessage.Ping(Optional.of(5L), Optional.of("2")));
        ann.guest().hears();
        ann.lose();
        for (int i = 0; i < 10; i++) {
            witness.say("again " + i);
        }

        Returner again = ann.back(11, 1);

        assertEquals(10, again.guest().hears().size());
    }

    @Test
    void aReceiptForMoreThanWasSentIsAnswered() {
        ann.guest().inRoom();
        ann.guest().connection().receive(new ClientMessage.Ping(Optional.of(2L), Optional.of("1")));
        assertEquals(
                List.of(new ServerMessage.Failure(
                        ErrorCode.INVALID_FIELD, "received is more than was sent", Optional.of("1"))),
                ann.guest().hears());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 2, Long.MAX_VALUE})
    void aCountThatCannotBeIsRefused(long received) {
        ann.guest().inRoom();
        ann.guest().connection().receive(new ClientMessage.Ping(Optional.of(1L), Optional.empty()));
        ann.lose();
        witness.say("never sent so far");
        Returner again = Returner.of(hub);

        again.resume(ann.token(), received);

        again.assertRefused();
        ann.back(1, 1);
    }

    @Test
    void moreThanIsKeptIsAFreshStartWithAReason() {
        ann.guest().inRoom();
        witness.hears();
        ann.lose();
        for (int i = 0; i < 12; i++) {
            witness.say("word " + i);
        }
        Returner again = Returner.of(hub);

        again.resume(ann.token(), 1);

        assertEquals(
                List.of(new ServerMessage.ConnectionEstablished(
                        again.guest().id(),
                        Optional.of(new Resumption(again.token(), false, 0, Optional.of("overflow"))),
                        Optional.of("r"))),
                again.guest().hears());
        assertEquals(List.of(Guest.peerLeft("room", ann.guest(), LeaveReason.DISCONNECTED)), witness.hears());
        assertEquals(2, hub.connections());
        again.guest().join("room");
        assertEquals(
                List.of(Guest.joined("room", again.guest().member(), witness.member())),
                again.guest().hears());
    }

    /** They may well have arrived: then there is no gap. */
    @Test
    void moreThanIsKeptIsNoHarmIfItHasArrived() {
        ann.guest().inRoom();
        for (int i = 0; i < 12; i++) {
            witness.say("word " + i);
        }
        ann.lose();
        assertEquals(10, ann.back(3, 1).guest().hears().size(), "the last ten");

        Returner other = Returner.of(hub);
        other.guest().inRoom();
        for (int i = 0; i < 12; i++) {
            witness.say("word " + i);
        }
        other.lose();
        Returner again = Returner.of(hub);
        again.resume(other.token(), 2);
        ServerMessage.ConnectionEstablished answer =
                (ServerMessage.ConnectionEstablished) again.guest().hears().get(0);
        assertEquals(Optional.of("overflow"), answer.resumption().orElseThrow().fault());
    }

    @Test
    void tooManyCharactersAreTooMuchToo() {
        SignalingHub small = SignalingHub.builder()
                .store(channels)
                .limits(Limits.builder()
                        .messageCharacters(500)
                        .outboxCharacters(1_000)
                        .build())
                .build();
        Guest speaker = Guest.of(small).inRoom();
        Returner lost = Returner.of(small);
        lost.guest().inRoom();
        lost.lose();
        speaker.say("x".repeat(400));
        speaker.say("x".repeat(400));
        Returner again = Returner.of(small);

        again.resume(lost.token(), 1);

        assertEquals(
                Optional.of("overflow"),
                ((ServerMessage.ConnectionEstablished) again.guest().hears().get(0))
                        .resumption()
                        .orElseThrow()
                        .fault());
        small.goAway(Duration.ZERO);
    }

    @Test
    void whatIsSentAgainDoesNotCountAgainstTheRateOfWhatWasLost() {
        for (int i = 0; i < 50; i++) {
            ann.guest().leave("nowhere");
        }
        ann.guest().hears();
        ann.lose();

        Returner again = ann.back(50, 50);

        again.guest().hears();
        for (int i = 0; i < 50; i++) {
            again.guest().leave("nowhere");
        }
        assertEquals(
                Collections.nCopies(50, ErrorCode.NOT_JOINED),
                Guest.codes(again.guest().hears()));
    }
}
