package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that has lost its connection goes on over another one where it left off. */
final class ResumeTest {

    private final InMemoryChannelStore channels = new InMemoryChannelStore();
    private final RecordingListener listener = new RecordingListener();
    private final SignalingHub hub =
            SignalingHub.builder().store(channels).listener(listener).build();
    private final Guest witness = Guest.of(hub).inRoom();
    private final Returner ann = Returner.of(hub);

    @AfterEach
    void nothingIsLeftWhenAllAreGone() {
        hub.goAway(Duration.ZERO);
        assertEquals(0, hub.connections());
        assertEquals(0, channels.channels());
    }

    @ParameterizedTest
    @EnumSource(names = {"LOST", "TIMED_OUT"})
    void whoIsLostStaysAndMissesNothing(CloseStatus status) {
        ann.guest().inRoom();
        witness.hears();
        ann.guest().connection().disconnect(status);
        assertEquals(Optional.of(status), ann.guest().outbox().closed());
        assertEquals(Optional.of(status), ann.guest().connection().ended());
        assertEquals(2, hub.connections());
        witness.say("one");
        witness.say(ann.guest(), "two");

        Returner again = Returner.of(hub);
        assertEquals(3, hub.connections());
        again.resume(ann.token(), 1);

        assertNotEquals(ann.token(), again.greeted(ann, 1).token());
        assertEquals(2, hub.connections());
        assertEquals(
                List.of(Guest.signal("room", witness, "one"), Guest.signal("room", witness, "two")),
                again.guest().hears());
        assertEquals(List.of(), witness.hears(), "it has noticed nothing");
        again.guest().say("here");
        assertEquals(List.of(Guest.signal("room", ann.guest(), "here")), witness.hears());
        assertEquals(List.of(), listener.news(RecordingListener.Disconnected.class));
        assertEquals(
                List.of(new RecordingListener.Suspended(ann.guest().id())),
                listener.news(RecordingListener.Suspended.class));
        List<RecordingListener.Resumed> resumed = listener.news(RecordingListener.Resumed.class);
        assertEquals(
                List.of(ann.guest().id()),
                resumed.stream().map(RecordingListener.Resumed::peer).toList());
    }

    @Test
    void aTokenIsGoodForItsOwnerAlone() {
        Identity bob = new Identity(Optional.of("bob"), Map.of("role", "guest"));
        Returner owner = Returner.of(hub, bob);
        owner.guest().inRoom();
        owner.lose();
        Returner thief = Returner.of(hub, Identity.of("mallory"));
        thief.resume(owner.token(), 1);
        thief.assertRefused();
        Returner stranger = Returner.of(hub);
        stranger.resume(owner.token(), 1);
        stranger.assertRefused();
        Returner again = Returner.of(hub, Identity.of("bob"));
        again.resume(owner.token(), 1);
        again.greeted(owner, 1);
    }

    @Test
    void onlyTheFirstMessageIsARequestToResume() {
        ann.guest().inRoom();
        ann.lose();
        Returner late = Returner.of(hub);
        late.guest().connection().receive(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        late.guest().hears();

        late.resume(ann.token(), 1);
        late.assertRefused();

        Returner malformed = Returner.of(hub);
        malformed.guest().connection().refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.empty(), 8);
        malformed.guest().hears();
        malformed.resume(ann.token(), 1);
        malformed.assertRefused();
        ann.back(1, 1);
    }

    @Test
    void aConnectionWhoseFormatHasNoWayBackTakesNoneOver() {
        ann.guest().inRoom();
        ann.lose();
        Returner other = new Returner(hub, Guest.of(hub, Terms.MANY_CHANNELS), "");
        other.resume(ann.token(), 1);
        other.assertRefused();
        other.lose();
        assertEquals(Optional.of(CloseStatus.LOST), other.guest().outbox().closed());
        assertEquals(2, hub.connections());
    }

    @Test
    void ofTwoConnectionsTheLaterIsThePeers() {
        ann.guest().inRoom();
        Returner older = Returner.of(hub);
        Returner newer = Returner.of(hub);

        newer.resume(ann.token(), 1);
        newer.greeted(ann, 1);
        assertEquals(Optional.of(CloseStatus.REPLACED), ann.guest().outbox().closed());
        older.resume(ann.token(), 1);
        older.assertRefused();

        Returner newest = ann.back(1, 1);
        assertEquals(Optional.of(CloseStatus.REPLACED), newer.guest().outbox().closed());
        witness.say("hello");
        assertEquals(
                List.of(Guest.signal("room", witness, "hello")), newest.guest().hears());
        assertEquals(List.of(), listener.news(RecordingListener.Disconnected.class));
    }

    @Test
    void twoThatWantToTakeEachOthersPlaceDoNotWaitForEachOther() {
        try (Crowd crowd = new Crowd(Waiting.PATIENCE)) {
            for (int round = 0; round < 200; round++) {
                Returner one = Returner.of(hub);
                Returner two = Returner.of(hub);
                int before = hub.connections();
                crowd.atOnce(List.of(
                        () -> {
                            one.resume(two.token(), 0);
                            return 1;
                        },
                        () -> {
                            two.resume(one.token(), 0);
                            return 2;
                        }));
                assertTrue(hub.connections() >= before - 1, "at most one is the other");
                one.guest().connection().disconnect(CloseStatus.GONE);
                two.guest().connection().disconnect(CloseStatus.GONE);
            }
        }
        assertEquals(2, hub.connections());
    }

    /** The store answers when the peer is away, or back: what waits for that is handled, and its answer arrives. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWaitsForTheStoreWhenTheConnectionIsLostIsHandled(boolean back) {
        ManualExecutor executor = new ManualExecutor();
        SignalingHub slow = SignalingHub.builder()
                .store(DelayedChannelStore.acting(channels, executor))
                .build();
        Returner lost = Returner.of(slow);
        lost.guest().join("room");
        lost.guest().say("one");
        lost.guest().say("two");
        witness.hears();
        lost.lose();
        Returner again = Returner.of(slow);
        if (back) {
            again.resume(lost.token(), 0);
            again.greeted(lost, 3);
            again.guest().say("three");
            executor.runAll();
        } else {
            executor.runAll();
            again.resume(lost.token(), 0);
            again.greeted(lost, 3);
            again.guest().say("three");
            executor.runAll();
        }
        assertEquals(
                List.of(
                        Guest.peerJoined("room", lost.guest().member()),
                        Guest.signal("room", lost.guest(), "one"),
                        Guest.signal("room", lost.guest(), "two"),
                        Guest.signal("room", lost.guest(), "three")),
                witness.hears());
        assertEquals(
                List.of(Guest.joined("room", lost.guest().member(), witness.member())),
                again.guest().hears());
        slow.goAway(Duration.ZERO);
        executor.runAll();
        assertEquals(0, slow.connections());
    }
}
