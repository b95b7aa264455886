package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SharedSecretTurn;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers are told of ICE servers, and told again before those end. */
final class IceServersTest {

    private static final Optional<String> ID = Optional.of("7");

    private final CapturedLog log = new CapturedLog();
    private final ManualClock clock = new ManualClock();
    private final Source source = new Source();
    private final SignalingHub hub = SignalingHub.builder()
            .iceServers(source)
            .clock(clock)
            .limits(Limits.builder().joinDeadline(Duration.ofDays(10_000)).build())
            .build();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    /** Numbers what it gives away, as the last character of the credential. */
    private static final class Source implements IceServers {

        final List<String> asked = new ArrayList<>();
        Optional<Duration> ttl = Optional.of(Duration.ofHours(1));
        Runnable meanwhile = () -> {};
        boolean fails;

        @Override
        public IceConfiguration serversFor(Identity identity, Optional<PeerId> peer) {
            asked.add(identity.name().orElse("anonymous") + " "
                    + peer.map(PeerId::value).orElse("by HTTP"));
            meanwhile.run();
            if (fails) {
                throw new IllegalStateException("no file");
            }
            return given(asked.size());
        }

        IceConfiguration given(int number) {
            return new IceConfiguration(List.of(IceServer.turn("user", "credential " + number, "turn:h")), ttl);
        }
    }

    private Guest connect(Identity identity) {
        RecordingOutbox outbox = new RecordingOutbox();
        return new Guest(hub.connect(outbox, Terms.RESUMABLE, identity).orElseThrow(), outbox);
    }

    private Guest connect() {
        return connect(Identity.anonymous());
    }

    private static Optional<IceConfiguration> greeted(Guest guest) {
        return ((ServerMessage.ConnectionEstablished) guest.outbox().next()).iceServers();
    }

    private static void ask(Guest guest) {
        guest.connection().receive(new ClientMessage.GetIceServers(ID));
    }

    private ServerMessage fresh(int number) {
        return new ServerMessage.FreshIceServers(source.given(number), Optional.empty());
    }

    private ServerMessage answer(int number) {
        return new ServerMessage.FreshIceServers(source.given(number), ID);
    }

    private void pass(Duration time) {
        clock.advance(time);
        hub.expire();
    }

    @Test
    void aPeerIsToldWithItsFirstMessage() {
        Guest ann = connect(Identity.of("ann"));
        assertEquals(Optional.of(source.given(1)), greeted(ann));
        assertEquals(List.of("ann " + ann.id()), source.asked);
    }

    @Test
    void whoAsksIsToldFreshOnes() {
        Guest ann = connect();
        greeted(ann);
        ask(ann);
        assertEquals(List.of(answer(2)), ann.hears());
    }

    @Test
    void freshOnesComeAfterHalfTheLife() {
        Guest ann = connect();
        greeted(ann);
        pass(Duration.ofMinutes(30).minusMillis(1));
        assertEquals(List.of(), ann.hears());
        pass(Duration.ofMillis(1));
        assertEquals(List.of(fresh(2)), ann.hears());
        pass(Duration.ofMinutes(15));
        ask(ann);
        assertEquals(List.of(answer(3)), ann.hears());
        pass(Duration.ofMinutes(30).minusMillis(1));
        assertEquals(List.of(), ann.hears(), "half a life since it asked is not over");
        pass(Duration.ofMillis(1));
        assertEquals(List.of(fresh(4)), ann.hears());
    }

    @Test
    void thoseThatHoldForGoodAreToldOnce() {
        source.ttl = Optional.empty();
        Guest ann = connect();
        greeted(ann);
        pass(Duration.ofDays(1_000));
        assertEquals(List.of(), ann.hears());
        assertEquals(1, source.asked.size());
    }

    /** Nobody knows then how long ago they were told. */
    @Test
    void freshOnesComeWhenTheClockWasSetBack() {
        Guest ann = connect();
        greeted(ann);
        pass(Duration.ofDays(-1));
        assertEquals(List.of(fresh(2)), ann.hears());
        pass(Duration.ofMinutes(29));
        assertEquals(List.of(), ann.hears());
    }

    /** Who is told while the others are looked at was told later than that look began. */
    @Test
    void whoComesMeanwhileIsNotToldTwice() {
        Guest ann = connect();
        greeted(ann);
        List<Guest> others = new ArrayList<>();
        source.meanwhile = () -> {
            source.meanwhile = () -> {};
            clock.advance(Duration.ofMillis(1));
            others.add(connect());
        };
        pass(Duration.ofMinutes(30));
        assertEquals(List.of(fresh(3)), ann.hears());
        greeted(others.get(0));
        assertEquals(List.of(), others.get(0).hears());
        assertEquals(3, source.asked.size());
    }

    /** Nobody's deadline waits for it longer than that. */
    @Test
    void aSlowSourceTellsOnlySoManyAtOnce() {
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            guests.add(connect());
        }
        guests.forEach(IceServersTest::greeted);
        source.meanwhile = () -> clock.advance(Duration.ofMillis(40));
        pass(Duration.ofMinutes(30));
        assertEquals(13, source.asked.size(), "three of ten in 120 ms");
        for (int i = 0; i < 3; i++) {
            hub.expire();
        }
        assertEquals(20, source.asked.size(), "and nobody is forgotten, nor told twice");
        guests.forEach(guest -> assertEquals(1, guest.hears().size()));
    }

    @Test
    void whoAsksTooOftenIsRefused() {
        SignalingHub strict = SignalingHub.builder()
                .iceServers(source)
                .clock(clock)
                .limits(Limits.builder()
                        .iceRequestsPerSecond(2)
                        .iceRequestBurst(10)
                        .build())
                .build();
        RecordingOutbox outbox = new RecordingOutbox();
        Guest ann = new Guest(strict.connect(outbox, Terms.RESUMABLE).orElseThrow(), outbox);
        for (int i = 0; i < 12; i++) {
            ask(ann);
        }
        assertEquals(11, source.asked.size());
        ServerMessage refused = new ServerMessage.Failure(
                ErrorCode.RATE_LIMITED, "too many questions for ICE servers at once, the limit is 2 a second", ID);
        assertEquals(List.of(refused, refused), ann.hears().subList(11, 13));
        clock.advance(Duration.ofMillis(500));
        ask(ann);
        assertEquals(12, source.asked.size());
        for (int i = 0; i < 20; i++) {
            ask(ann);
        }
        assertEquals(Optional.of(CloseStatus.RATE_LIMITED), ann.connection().ended());
    }

    @Test
    void whoseTokenHasEndedIsToldNothingUntilThereIsAnother() {
        Identity brief = Identity.of("ann").withExpiry(clock.instant().plus(Duration.ofMinutes(30)));
        Identity longer = Identity.of("ann").withExpiry(clock.instant().plus(Duration.ofHours(3)));
        RecordingOutbox outbox = new RecordingOutbox();
        Guest ann = new Guest(
                hub.connect(outbox, Terms.RESUMABLE, brief, (token, current) -> Optional.of(longer))
                        .orElseThrow(),
                outbox);
        greeted(ann);
        pass(Duration.ofMinutes(30));
        ask(ann);
        hub.expire();
        assertEquals(
                List.of(
                        Guest.failure(ErrorCode.TOKEN_EXPIRED, "the token has ended, another one is taken for 30 s"),
                        new ServerMessage.Failure(ErrorCode.ICE_SERVERS_UNAVAILABLE, "the token has ended", ID)),
                ann.hears());
        ann.connection().receive(new ClientMessage.RefreshToken("another", Optional.empty()));
        ann.hears();
        hub.expire();
        assertEquals(List.of(fresh(2)), ann.hears());
    }

    @Test
    void aFormatWithoutWordsForThemCostsNothing() {
        for (Terms terms : List.of(Terms.ONE_CHANNEL, Terms.MANY_CHANNELS, new Terms(true, true, true))) {
            RecordingOutbox outbox = new RecordingOutbox();
            Guest guest = new Guest(hub.connect(outbox, terms).orElseThrow(), outbox);
            assertEquals(Optional.empty(), greeted(guest));
            guest.inRoom();
            pass(Duration.ofHours(2));
            ask(guest);
            assertEquals(
                    List.of(new ServerMessage.FreshIceServers(IceConfiguration.none(), ID)),
                    guest.hears().stream()
                            .filter(ServerMessage.FreshIceServers.class::isInstance)
                            .toList());
        }
        assertEquals(List.of(), source.asked);
    }

    @Test
    void whereThereAreNoneNobodyIsToldAnything() {
        SignalingHub bare = SignalingHub.builder().clock(clock).build();
        RecordingOutbox outbox = new RecordingOutbox();
        Guest ann = new Guest(bare.connect(outbox, Terms.RESUMABLE).orElseThrow(), outbox);
        assertEquals(Optional.empty(), greeted(ann));
        ask(ann);
        assertEquals(List.of(new ServerMessage.FreshIceServers(IceConfiguration.none(), ID)), ann.hears());
        assertFalse(bare.hasIceServers());
        assertEquals(Optional.empty(), bare.iceServers(Identity.anonymous()));
    }

    @Test
    void whoIsNoPeerIsToldToo() {
        assertTrue(hub.hasIceServers());
        assertEquals(Optional.of(source.given(1)), hub.iceServers(Identity.of("ann")));
        assertEquals(List.of("ann by HTTP"), source.asked);
    }

    @Test
    void neitherTheQuestionNorTheAnswerIsCounted() {
        Guest ann = connect();
        ServerMessage.Resumption first = ((ServerMessage.ConnectionEstablished)
                        ann.outbox().next())
                .resumption()
                .orElseThrow();
        ask(ann);
        pass(Duration.ofMinutes(30));
        ann.join("room");
        ann.hears();
        ann.connection().receive(new ClientMessage.Ping(Optional.of(1L), Optional.empty()));
        ann.connection().receive(new ClientMessage.Ping(Optional.of(2L), Optional.empty()));
        assertEquals(
                List.of(
                        new ServerMessage.Pong(1, Optional.empty()),
                        Guest.failure(ErrorCode.INVALID_FIELD, "received is more than was sent")),
                ann.hears());
        ann.connection().disconnect(CloseStatus.LOST);
        Guest again = connect();
        greeted(again);
        again.connection().receive(new ClientMessage.Resume(first.token(), 2, Optional.empty()));
        ServerMessage.Resumption resumed = ((ServerMessage.ConnectionEstablished)
                        again.outbox().next())
                .resumption()
                .orElseThrow();
        assertTrue(resumed.resumed());
        assertEquals(1, resumed.received());
    }

    @Test
    void whoComesBackIsToldFreshOnesAndNoStaleOnes() {
        Guest ann = connect(Identity.of("ann"));
        String token = ((ServerMessage.ConnectionEstablished) ann.outbox().next())
                .resumption()
                .orElseThrow()
                .token();
        ask(ann);
        ann.connection().disconnect(CloseStatus.LOST);
        pass(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(5));
        Guest again = connect(Identity.of("ann"));
        assertEquals(Optional.of(source.given(3)), greeted(again));
        PeerId fresh = again.id();

        again.connection().receive(new ClientMessage.Resume(token, 0, Optional.empty()));

        assertEquals(Optional.of(source.given(4)), greeted(again));
        assertEquals(List.of(), again.hears());
        assertEquals(List.of("ann " + ann.id(), "ann " + ann.id(), "ann " + fresh, "ann " + ann.id()), source.asked);
        pass(Duration.ofMinutes(30).minusSeconds(1));
        assertEquals(List.of(), again.hears(), "half a life since it is back is not over");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(fresh(5)), again.hears());
    }

    @Test
    void oneThatIsWaitedForIsNotTold() {
        SignalingHub patient = SignalingHub.builder()
                .iceServers(source)
                .clock(clock)
                .limits(Limits.builder().resumeGrace(Duration.ofHours(10)).build())
                .build();
        Returner ann = Returner.of(patient);
        ann.guest().connection().receive(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        ann.lose();
        clock.advance(Duration.ofHours(2));
        patient.expire();
        assertEquals(1, source.asked.size());
    }

    @Test
    void aStrangersNameGetsNothingByAnothersToken() {
        Guest ann = connect(Identity.of("ann"));
        String token = ((ServerMessage.ConnectionEstablished) ann.outbox().next())
                .resumption()
                .orElseThrow()
                .token();
        ask(ann);
        ann.connection().disconnect(CloseStatus.LOST);
        Guest mallory = connect(Identity.of("mallory"));
        mallory.connection().receive(new ClientMessage.Resume(token, 0, Optional.empty()));
        assertEquals(List.of("ann " + ann.id(), "ann " + ann.id(), "mallory " + mallory.id()), source.asked);
    }

    @Test
    void nobodyIsAskedWhenPeersTalk() {
        Guest ann = connect().inRoom();
        Guest bob = connect().inRoom();
        int before = source.asked.size();
        ann.connection()
                .receive(new ClientMessage.Signal(
                        Optional.of(Guest.ROOM), Optional.empty(), Guest.data("hello"), Optional.empty()));
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(Guest.signal("room", ann, "hello")), bob.hears());
        assertEquals(before, source.asked.size());
    }

    @Test
    void noLockIsHeldWhileTheSourceIsAsked() {
        Guest witness = connect();
        source.meanwhile = () -> elsewhere(() -> {
            ask(witness);
            hub.expire();
        });
        Guest ann = connect();
        String token = ((ServerMessage.ConnectionEstablished) ann.outbox().next())
                .resumption()
                .orElseThrow()
                .token();
        source.meanwhile = () ->
                elsewhere(() -> ann.connection().receive(new ClientMessage.Ping(Optional.empty(), Optional.empty())));
        ask(ann);
        pass(Duration.ofMinutes(30));
        Guest again = connect();
        again.connection().receive(new ClientMessage.Resume(token, 0, Optional.empty()));
        assertEquals(ann.id(), again.id());
    }

    /** Within the source, which asks nobody again. */
    private void elsewhere(Runnable action) {
        Runnable meanwhile = source.meanwhile;
        source.meanwhile = () -> {};
        CompletableFuture.runAsync(action).orTimeout(10, TimeUnit.SECONDS).join();
        source.meanwhile = meanwhile;
    }

    @Test
    void aSourceThatThrowsIsAskedAgainSoon() {
        source.fails = true;
        Guest ann = connect();
        assertEquals(Optional.empty(), greeted(ann));
        pass(Duration.ofSeconds(9));
        ask(ann);
        assertEquals(
                List.of(new ServerMessage.Failure(
                        ErrorCode.ICE_SERVERS_UNAVAILABLE, "there are no ICE servers to be had, try again later", ID)),
                ann.hears());
        assertEquals(Optional.empty(), hub.iceServers(Identity.anonymous()));
        pass(Duration.ofSeconds(10));
        assertEquals(List.of(), ann.hears());
        source.fails = false;
        pass(Duration.ofSeconds(9));
        assertEquals(List.of(), ann.hears());
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(fresh(5)), ann.hears());
    }

    /** Of a hundred peers that ask, and of all that are to be told, the log is told once in ten seconds. */
    @Test
    void theLogIsToldOnceInAWhile() {
        Guest ann = connect();
        source.fails = true;
        for (int i = 0; i < 100; i++) {
            ask(ann);
        }
        String line = "SEVERE the source of ICE servers threw, which is logged once in 10 s";
        assertEquals(List.of(line), log.lines());
        clock.advance(Duration.ofSeconds(10));
        ask(ann);
        ask(ann);
        assertEquals(List.of(line, line), log.lines());
        clock.advance(Duration.ofDays(-1));
        assertEquals(Optional.empty(), hub.iceServers(Identity.anonymous()));
        assertEquals(3, log.lines().size());
    }

    @Test
    void theLibrarysOwnSourceTellsPeersApart() {
        SignalingHub real = SignalingHub.builder()
                .iceServers(SharedSecretTurn.builder()
                        .turn("turn:h")
                        .secret("north")
                        .clock(clock)
                        .build())
                .clock(clock)
                .limits(hub.limits())
                .build();
        RecordingOutbox outbox = new RecordingOutbox();
        Guest ann = new Guest(real.connect(outbox, Terms.RESUMABLE).orElseThrow(), outbox);
        IceServer told = greeted(ann).orElseThrow().servers().get(0);
        assertEquals(Optional.of("1767229200:" + ann.id()), told.username());
        clock.advance(Duration.ofMinutes(30));
        real.expire();
        ServerMessage.FreshIceServers fresh =
                (ServerMessage.FreshIceServers) ann.hears().get(0);
        assertEquals(
                Optional.of("1767231000:" + ann.id()),
                fresh.configuration().servers().get(0).username());
    }
}
