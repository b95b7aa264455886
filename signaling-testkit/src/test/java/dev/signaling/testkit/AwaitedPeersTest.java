package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.LeaveReason;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which peers are waited for, how long, and how many. */
final class AwaitedPeersTest {

    private final ManualClock clock = new ManualClock();
    private final InMemoryChannelStore channels = new InMemoryChannelStore();
    private final RecordingListener listener = new RecordingListener();
    private final SignalingHub hub = SignalingHub.builder()
            .store(channels)
            .clock(clock)
            .listener(listener)
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
    void whoDoesNotComeBackInTimeHasLeft() {
        ann.guest().inRoom();
        witness.hears();
        ann.lose();
        clock.advance(hub.limits().resumeGrace().minusMillis(1));
        hub.expire();
        assertEquals(List.of(), witness.hears());

        clock.advance(Duration.ofMillis(1));
        hub.expire();

        assertEquals(List.of(Guest.peerLeft("room", ann.guest(), LeaveReason.TIMED_OUT)), witness.hears());
        assertEquals(
                List.of(new RecordingListener.Disconnected(ann.guest().id(), CloseStatus.TIMED_OUT)),
                listener.news(RecordingListener.Disconnected.class));
        assertEquals(1, hub.connections());
        Returner again = Returner.of(hub);
        again.resume(ann.token(), 1);
        again.assertRefused();
    }

    /** It has nothing to come back to, and one that tries again and again would hold a place with every try. */
    @ParameterizedTest
    @EnumSource(names = {"LOST", "TIMED_OUT"})
    void whoIsLostBeforeItHasSaidAnythingIsGone(CloseStatus status) {
        ann.guest().connection().disconnect(status);

        assertEquals(1, hub.connections());
        assertEquals(List.of(), listener.news(RecordingListener.Suspended.class));
        assertEquals(
                List.of(new RecordingListener.Disconnected(ann.guest().id(), status)),
                listener.news(RecordingListener.Disconnected.class));
        Returner again = Returner.of(hub);
        again.resume(ann.token(), 0);
        again.assertRefused();
    }

    @Test
    void inAFullHubThoseWhoAreWaitedForComeBackAllTheSame() {
        SignalingHub full = SignalingHub.builder()
                .store(channels)
                .limits(Limits.builder().connections(2).build())
                .build();
        Returner one = Returner.of(full);
        Returner two = Returner.of(full);
        one.guest().inRoom();
        two.guest().inRoom();
        one.lose();
        two.lose();
        for (Returner lost : List.of(one, two)) {
            Returner again = Returner.of(full);
            again.resume(lost.token(), 1);
            assertEquals(lost.guest().id(), again.guest().id());
        }
        assertEquals(2, full.connections());
        RecordingOutbox third = new RecordingOutbox();
        assertEquals(Optional.empty(), full.connect(third, Terms.RESUMABLE));
        assertEquals(Optional.of(CloseStatus.TOO_MANY_CONNECTIONS), third.closed());
        full.goAway(Duration.ZERO);
        assertEquals(0, full.connections());
    }

    @Test
    void asManyAreWaitedForAsThereMayBeConnections() {
        SignalingHub full = SignalingHub.builder()
                .store(channels)
                .clock(clock)
                .limits(Limits.builder().connections(2).build())
                .build();
        for (int i = 0; i < 5; i++) {
            Returner flapping = Returner.of(full);
            flapping.guest().inRoom();
            witness.hears();
            flapping.lose();
            assertEquals(i < 2 ? 0 : 1, witness.hears().size(), "of the third and all that follow it is told at once");
        }
        assertEquals(2, full.connections());
        clock.advance(full.limits().resumeGrace());
        full.expire();
        assertEquals(0, full.connections());
        Returner next = Returner.of(full);
        next.guest().inRoom();
        next.lose();
        assertEquals(1, full.connections(), "there is room again for one who is waited for");
        full.goAway(Duration.ZERO);
    }

    @Test
    void theTimeToJoinIsNotTheFreshOnesAnyMore() {
        ann.guest().inRoom();
        clock.advance(Duration.ofHours(1));
        ann.lose();
        Returner again = ann.back(1, 1);
        clock.advance(Duration.ofHours(1));

        hub.expire();

        assertEquals(Optional.empty(), again.guest().connection().ended());
        assertEquals(2, hub.connections());
    }

    @Test
    void whoDoesNotReadIsNotWaitedFor() {
        ann.guest().inRoom();
        ann.guest().outbox().fill();
        witness.say("too much");
        assertEquals(
                Optional.of(CloseStatus.SLOW_CONSUMER), ann.guest().outbox().closed());
        Returner again = Returner.of(hub);
        again.resume(ann.token(), 1);
        again.assertRefused();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LOST", "TIMED_OUT"})
    void everyOtherEndIsOne(CloseStatus status) {
        ann.guest().inRoom();
        witness.hears();

        ann.guest().connection().disconnect(status);

        assertEquals(List.of(Guest.peerLeft("room", ann.guest(), status.leaveReason())), witness.hears());
        Returner again = Returner.of(hub);
        again.resume(ann.token(), 1);
        again.assertRefused();
    }

    @Test
    void whoIsWaitedForIsNotWhenTheServerGoesAway() {
        ann.guest().inRoom();
        ann.lose();
        hub.goAway(Duration.ZERO);
        assertEquals(0, hub.connections());
        assertEquals(
                1,
                listener.news(RecordingListener.Disconnected.class).stream()
                        .filter(new RecordingListener.Disconnected(ann.guest().id(), CloseStatus.GOING_AWAY)::equals)
                        .count());
    }
}
