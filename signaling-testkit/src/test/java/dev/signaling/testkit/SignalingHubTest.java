package dev.signaling.testkit;

import static dev.signaling.testkit.Guest.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Connection;
import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.SignalingListener;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections come and go. */
final class SignalingHubTest {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final ManualClock clock = new ManualClock();
    private final RecordingListener listener = new RecordingListener();

    private SignalingHub hub(Limits limits) {
        return SignalingHub.builder()
                .store(store)
                .clock(clock)
                .listener(listener)
                .limits(limits)
                .build();
    }

    private SignalingHub hub() {
        return hub(Limits.defaults());
    }

    @Test
    void aConnectionIsFirstToldWhoItIs() {
        RecordingOutbox outbox = new RecordingOutbox();
        SignalingHub hub = hub();

        Connection connection = hub.connect(outbox, Terms.MANY_CHANNELS).orElseThrow();

        assertEquals(List.of(new ServerMessage.ConnectionEstablished(connection.peer())), outbox.messages());
        assertEquals(Optional.empty(), connection.ended());
        assertEquals(1, hub.connections());
        assertEquals(List.of(new RecordingListener.Connected(connection.peer())), listener.news());
    }

    @Test
    void noTwoPeersHaveOneId() {
        SignalingHub hub = hub();
        assertEquals(
                1_000,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> Guest.of(hub).id())
                        .distinct()
                        .count());
    }

    @Test
    void thereAreAsManyConnectionsAsThereMayBe() {
        SignalingHub hub = hub(Limits.builder()
                .connections(2)
                .joinDeadline(Duration.ofSeconds(30))
                .build());
        Guest first = Guest.of(hub);
        Guest.of(hub);
        RecordingOutbox refused = new RecordingOutbox();

        assertEquals(Optional.empty(), hub.connect(refused, Terms.ONE_CHANNEL));
        assertEquals(Optional.of(CloseStatus.TOO_MANY_CONNECTIONS), refused.closed());
        assertEquals(List.of(), refused.messages());
        assertEquals(2, hub.connections());

        first.connection().disconnect(CloseStatus.GONE);
        assertTrue(hub.connect(new RecordingOutbox(), Terms.ONE_CHANNEL).isPresent());
        assertEquals(2, hub.connections());
    }

    @Test
    void ofManyThatConnectAtOnceAsManyAsThereMayBeAreTaken() {
        SignalingHub hub = hub(Limits.builder()
                .connections(50)
                .joinDeadline(Duration.ofSeconds(30))
                .build());
        try (Crowd crowd = new Crowd(Waiting.PATIENCE)) {
            Callable<Integer> twenty = () -> (int) IntStream.range(0, 20)
                    .filter(i -> hub.connect(new RecordingOutbox(), Terms.ONE_CHANNEL)
                            .isPresent())
                    .count();
            List<Integer> taken = crowd.atOnce(List.of(twenty, twenty, twenty, twenty));
            assertEquals(50, taken.stream().mapToInt(Integer::intValue).sum());
        }
        assertEquals(50, hub.connections());
    }

    @Test
    void anIdThatCannotBeMadeTakesNobodysPlace() {
        AtomicBoolean broken = new AtomicBoolean(true);
        SignalingHub hub = SignalingHub.builder()
                .limits(Limits.builder()
                        .connections(1)
                        .joinDeadline(Duration.ofSeconds(30))
                        .build())
                .peerIds(() -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no ids today");
                    }
                    return new PeerId("one");
                })
                .build();

        RecordingOutbox outbox = new RecordingOutbox();
        CapturedLog log = new CapturedLog();
        try {
            assertEquals(Optional.empty(), hub.connect(outbox, Terms.ONE_CHANNEL));
            assertEquals(1, log.lines().size(), log.lines()::toString);
        } finally {
            log.close();
        }
        assertEquals(Optional.of(CloseStatus.INTERNAL_ERROR), outbox.closed());
        assertEquals(0, hub.connections());
        broken.set(false);
        assertTrue(hub.connect(new RecordingOutbox(), Terms.ONE_CHANNEL).isPresent());
    }

    @Test
    void aPeerThatIsGoneHasLeftItsChannels() {
        SignalingHub hub = hub();
        Guest stays = Guest.of(hub).inRoom();
        Guest goes = Guest.of(hub).inRoom();
        goes.join("another");
        stays.hears();
        goes.hears();

        goes.connection().disconnect(CloseStatus.GONE);
        goes.connection().disconnect(CloseStatus.TIMED_OUT);
        goes.say("a ghost's word");

        assertEquals(List.of(Guest.peerLeft("room", goes, LeaveReason.DISCONNECTED)), stays.hears());
        assertEquals(List.of(), goes.hears());
        assertEquals(Optional.of(CloseStatus.GONE), goes.outbox().closed());
        assertEquals(Optional.of(CloseStatus.GONE), goes.connection().ended());
        assertEquals(1, hub.connections());
        assertEquals(1, store.channels());
        assertEquals(
                List.of(new RecordingListener.Disconnected(goes.id(), CloseStatus.GONE)),
                listener.news(RecordingListener.Disconnected.class));
    }

    @Test
    void theReasonOfAnEndIsTold() {
        SignalingHub hub = hub();
        Guest witness = Guest.of(hub).inRoom();
        for (CloseStatus status : CloseStatus.values()) {
            Guest goes = Guest.of(hub).inRoom();
            witness.hears();
            goes.connection().disconnect(status);
            assertEquals(List.of(Guest.peerLeft("room", goes, status.leaveReason())), witness.hears());
        }
    }

    @Test
    void whoJoinsNothingInTimeIsClosed() {
        SignalingHub hub = hub(Limits.builder()
                .connections(10)
                .joinDeadline(Duration.ofSeconds(30))
                .build());
        Guest idle = Guest.of(hub);
        Guest joined = Guest.of(hub).inRoom();
        Guest wasThere = Guest.of(hub).inRoom();
        wasThere.leave("room");
        clock.advance(Duration.ofSeconds(10));
        Guest later = Guest.of(hub);

        clock.advance(Duration.ofMillis(19_999));
        hub.expire();
        assertEquals(4, hub.connections());

        clock.advance(Duration.ofMillis(1));
        hub.expire();
        assertEquals(Optional.of(CloseStatus.JOIN_TIMEOUT), idle.outbox().closed());
        assertEquals(Optional.empty(), joined.outbox().closed());
        assertEquals(Optional.empty(), wasThere.outbox().closed());
        assertEquals(Optional.empty(), later.outbox().closed());
        assertEquals(3, hub.connections());
    }

    @Test
    void goingAwayIsToldToEverybodyAndForGood() {
        SignalingHub hub = hub();
        List<Guest> guests =
                IntStream.range(0, 20).mapToObj(i -> Guest.of(hub).inRoom()).toList();
        guests.forEach(Guest::hears);

        hub.goAway(Duration.ofSeconds(5));

        for (Guest guest : guests) {
            List<ServerMessage> heard = guest.hears();
            ServerMessage last = heard.get(heard.size() - 1);
            assertTrue(heard.stream().noneMatch(ServerMessage.PeerLeft.class::isInstance), "all go, that is all");
            Duration wait =
                    assertInstanceOf(ServerMessage.GoingAway.class, last).retryAfter();
            assertTrue(!wait.isNegative() && wait.compareTo(Duration.ofSeconds(5)) <= 0, wait::toString);
            assertEquals(Optional.of(CloseStatus.GOING_AWAY), guest.outbox().closed());
        }
        assertEquals(0, hub.connections());
        assertEquals(0, store.channels());
        RecordingOutbox late = new RecordingOutbox();
        assertEquals(Optional.empty(), hub.connect(late, Terms.ONE_CHANNEL));
        assertEquals(Optional.of(CloseStatus.GOING_AWAY), late.closed());
    }

    @Test
    void whoConnectsWhileTheServerGoesAwayIsGreetedFirst() {
        SignalingHub[] hub = new SignalingHub[1];
        hub[0] = SignalingHub.builder()
                .listener(new SignalingListener() {
                    @Override
                    public void connected(PeerId peer) {
                        hub[0].goAway(Duration.ZERO); // or another thread does so, at this moment
                    }
                })
                .build();
        RecordingOutbox outbox = new RecordingOutbox();

        Connection connection = hub[0].connect(outbox, Terms.ONE_CHANNEL).orElseThrow();

        assertEquals(new ServerMessage.ConnectionEstablished(connection.peer()), outbox.next());
        assertEquals(new ServerMessage.GoingAway(Duration.ZERO), outbox.next());
        assertEquals(Optional.of(CloseStatus.GOING_AWAY), outbox.closed());
        assertEquals(0, hub[0].connections());
    }

    @Test
    void whoHasJustBeenGreetedIsToldThatTheServerGoesAway() {
        SignalingHub hub = hub();
        RecordingOutbox told = new RecordingOutbox();

        Connection connection = hub.connect(
                        new Outbox() {
                            @Override
                            public boolean offer(Delivery delivery) {
                                boolean taken = told.offer(delivery);
                                hub.goAway(Duration.ZERO); // or another thread does so, at this moment
                                return taken;
                            }

                            @Override
                            public void close(CloseStatus status) {
                                told.close(status);
                            }
                        },
                        Terms.ONE_CHANNEL)
                .orElseThrow();

        assertEquals(
                List.of(
                        new ServerMessage.ConnectionEstablished(connection.peer()),
                        new ServerMessage.GoingAway(Duration.ZERO)),
                told.messages());
        assertEquals(Optional.of(CloseStatus.GOING_AWAY), told.closed());
        assertEquals(0, hub.connections());
    }

    @Test
    void nothingComesBehindTheWordThatTheServerGoesAway() {
        SignalingHub hub = hub();
        Guest speaker = Guest.of(hub).inRoom();
        List<String> told = new ArrayList<>();
        Outbox outbox = new Outbox() {
            @Override
            public boolean offer(Delivery delivery) {
                told.add(delivery.message().getClass().getSimpleName());
                return true;
            }

            @Override
            public void close(CloseStatus status) {
                told.add(status.reason());
            }

            @Override
            public void close(CloseStatus status, Delivery lastWord) {
                told.add("in one step");
                Outbox.super.close(status, lastWord);
            }
        };
        assertTrue(hub.connect(outbox, Terms.ONE_CHANNEL).isPresent());

        hub.goAway(Duration.ZERO);

        assertEquals(List.of("ConnectionEstablished", "in one step", "GoingAway", "going-away"), told);
        assertEquals(Optional.of(CloseStatus.GOING_AWAY), speaker.outbox().closed());
    }

    @Test
    void goingAwayAsksForNoNegativeWait() {
        SignalingHub hub = hub();
        assertThrows(IllegalArgumentException.class, () -> hub.goAway(Duration.ofSeconds(-1)));
        assertTrue(hub.connect(new RecordingOutbox(), Terms.ONE_CHANNEL).isPresent(), "nothing has happened");
        hub.goAway(Duration.ZERO);
        assertEquals(0, hub.connections());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE / 1_000, Long.MAX_VALUE})
    void goingAwayMayAskForTheLongestWait(long seconds) {
        SignalingHub hub = hub();
        Guest guest = Guest.of(hub);
        hub.goAway(Duration.ofSeconds(seconds).plusMillis(Long.MAX_VALUE % 1_000));
        assertInstanceOf(ServerMessage.GoingAway.class, guest.outbox().next());
        assertEquals(0, hub.connections());
    }

    @Test
    void nothingStaysOfTenThousandChannels() {
        SignalingHub hub = hub();
        for (int i = 0; i < 10_000; i++) {
            Guest streamer = Guest.of(hub);
            Guest viewer = Guest.of(hub);
            streamer.join("channel-" + i);
            viewer.join("channel-" + i);
            streamer.say("offer");
            if (i % 2 == 0) {
                streamer.leave("channel-" + i);
            }
            viewer.connection().disconnect(CloseStatus.GONE);
            streamer.connection().disconnect(CloseStatus.GONE);
        }
        assertEquals(0, store.channels());
        assertEquals(0, hub.connections());
        assertEquals(20_000, listener.news(RecordingListener.Left.class).size());
        assertEquals(
                10_000,
                listener.news(RecordingListener.Joined.class).stream()
                        .map(RecordingListener.Joined::channel)
                        .distinct()
                        .count());
        assertEquals(List.of(), listener.news(RecordingListener.Refused.class));
        Guest afterwards = Guest.of(hub);
        afterwards.join("channel-0");
        assertEquals(List.of(Guest.joined("channel-0", afterwards.member())), afterwards.hears());
    }

    @Test
    void peersThatComeSpeakAndGoAtOnceLeaveNothingBehind() {
        SignalingHub hub = hub();
        try (Crowd crowd = new Crowd(Waiting.PATIENCE)) {
            Callable<Boolean> visits = () -> {
                for (int i = 0; i < 300; i++) {
                    Guest guest = Guest.of(hub).inRoom();
                    guest.say("hello");
                    guest.connection().disconnect(CloseStatus.GONE);
                }
                return true;
            };
            crowd.atOnce(List.of(visits, visits, visits, visits));
        }
        assertEquals(0, hub.connections());
        assertEquals(0, store.channels());
        Guest last = Guest.of(hub);
        last.join("room");
        assertEquals(List.of(Guest.joined(ROOM.value(), last.member())), last.hears());
    }
}
