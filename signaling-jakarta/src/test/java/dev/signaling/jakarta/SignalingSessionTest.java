package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static dev.signaling.jakarta.TutorialStory.OFFER;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.FakeSession.Sending;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What time and failures do to a session, with a clock that is moved by hand. */
class SignalingSessionTest {

    private final AtomicLong nanoTime = new AtomicLong(Duration.ofHours(1).toNanos());
    private SignalingServer server = server(Limits.defaults());

    private SignalingServer server(Limits limits) {
        return SignalingServer.builder(SignalingHub.builder().limits(limits).build())
                .time(Duration.ofHours(1), nanoTime::get)
                .build();
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, server.hub().connections());
        await().until(() -> server.sessions() == 0);
        server.keeper().tick(); // which finds nothing to do and rests
    }

    private FakeSession arrive() {
        FakeSession session = FakeSession.open(server);
        assertEquals(ESTABLISHED, session.next());
        return session;
    }

    private void pass(int seconds) {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
        server.keeper().tick();
    }

    @Test
    void pingsAfterEachSilence() {
        try (FakeSession silent = arrive()) {
            pass(24);
            assertEquals(0, silent.pings());
            pass(1);
            assertEquals(1, silent.pings());
            pass(24);
            assertEquals(1, silent.pings());
            pass(1);
            assertEquals(2, silent.pings());
        }
    }

    @Test
    void isKeptAliveByPongs() {
        try (FakeSession hiddenTab = arrive()) {
            for (int minute = 0; minute < 60; minute++) {
                pass(60);
                hiddenTab.pong();
            }
            assertEquals(1, server.hub().connections());
        }
    }

    @Test
    void isKeptAliveByMessages() {
        try (FakeSession busy = arrive()) {
            busy.join("stream-video");
            for (int i = 0; i < 10; i++) {
                pass(20);
                busy.send(OFFER);
            }
            assertEquals(0, busy.pings());
            assertEquals(1, server.hub().connections());
        }
    }

    @Test
    void isGoneAfterALongSilence() {
        FakeSession silent = arrive();
        pass(75);
        assertEquals(1, server.hub().connections());
        pass(1);
        assertEquals(0, server.hub().connections());
        assertEquals("1001 timed-out", silent.ending());
    }

    @Test
    void isNotTakenForSilentBecauseTheServerHadRested() {
        arrive().close();
        server.keeper().tick();
        nanoTime.addAndGet(Duration.ofDays(1).toNanos()); // nobody looks at the clock meanwhile
        try (FakeSession fresh = arrive()) {
            pass(1);
            assertEquals(1, server.hub().connections());
            assertEquals(0, fresh.pings());
        }
    }

    /** A process that was stopped, a machine that slept: what the peer has said meanwhile is still to be read. */
    @Test
    void isNotTakenForSilentBecauseNobodyCouldLook() {
        server = SignalingServer.builder(SignalingHub.ofDefaults())
                .time(Duration.ofSeconds(30), nanoTime::get)
                .build();
        FakeSession peer = arrive();
        peer.join("stream-video");
        pass(24 * 3_600);
        assertEquals(1, server.hub().connections());
        assertEquals(1, peer.pings());
        pass(16);
        assertEquals(0, server.hub().connections());
        assertEquals("1001 timed-out", peer.ending());
    }

    @Test
    void isASlowConsumerWhenASendTakesTooLong() {
        FakeSession stuck = FakeSession.open(server, Sending.STUCK);
        pass(20);
        assertEquals(1, server.hub().connections());
        pass(1);
        assertEquals("1013 slow-consumer", stuck.ending());
        assertEquals(0, stuck.pings(), "no ping while a send is under way");
    }

    @Test
    void isASlowConsumerWhenItsFarewellTakesTooLong() {
        FakeSession stuck = FakeSession.open(server, Sending.STUCK);
        server.hub().goAway(Duration.ZERO);
        pass(20);
        assertEquals(1, server.sessions());
        pass(1);
        assertEquals("1013 slow-consumer", stuck.ending());
    }

    @Test
    void isGivenUpWhenItIsSilentForTooLongInTheMiddleOfItsFarewell() {
        FakeSession silent = arrive();
        silent.join("stream-video");
        pass(60);
        silent.become(Sending.STUCK);
        server.hub().goAway(Duration.ZERO);
        pass(15);
        assertEquals(1, server.sessions());
        pass(1);
        assertEquals("1001 timed-out", silent.ending());
    }

    @Test
    void isClosedWithoutAFarewellWhenTheServerStopsAndItDoesNotRead() {
        FakeSession stuck = FakeSession.open(server, Sending.STUCK);
        server.close();
        assertEquals(Optional.of("1001 going-away"), stuck.closed());
        assertEquals(0, server.sessions());
    }

    @Test
    void isRefusedOnceTheServerHasStopped() {
        server.close();
        FakeSession late = FakeSession.open(server);
        assertEquals(Optional.of("1001 going-away"), late.closed());
        assertEquals(0, server.sessions());
    }

    @Test
    void isForgottenWhenTheContainerNeverSaysThatItIsOver() {
        FakeSession silent = arrive();
        silent.keepQuietOnClose();
        pass(76);
        assertEquals("1001 timed-out", silent.ending());
        pass(10);
        assertEquals(1, server.sessions());
        pass(1);
        assertEquals(0, server.sessions());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "THROWS"})
    void endsWhenItsFirstSendFails(Sending sending) {
        FakeSession broken = FakeSession.open(server, sending);
        assertEquals(0, server.hub().connections());
        assertEquals("1000 gone", broken.ending());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "THROWS"})
    void endsWhenALaterSendFails(Sending sending) {
        FakeSession broken = arrive();
        try (FakeSession sender = arrive()) {
            broken.join("stream-video");
            sender.join("stream-video");
            broken.become(sending);
            sender.send(OFFER);
            assertEquals(1, server.hub().connections());
            assertEquals("1000 gone", broken.ending());
        }
    }

    @Test
    void isPingedAlthoughAnotherOnesPingFails() {
        var broken = IntStream.range(0, 20).mapToObj(i -> arrive()).toList();
        broken.forEach(session -> session.become(Sending.THROWS));
        try (FakeSession sound = arrive()) {
            pass(25);
            assertEquals(1, sound.pings());
        }
        broken.forEach(FakeSession::close);
    }

    @Test
    void endsWhenItsPingFails() {
        FakeSession broken = arrive();
        broken.become(Sending.THROWS);
        pass(25);
        assertEquals(0, server.hub().connections());
        assertEquals("1000 gone", broken.ending());
    }

    @Test
    void isOverForTheHubTooIfItEndsWhileItsFirstMessageGoesOut() {
        FakeSession hasty = FakeSession.open(server, Sending.STUCK_AND_OVER);
        assertEquals(0, server.hub().connections());
        pass(21);
        assertEquals("1013 slow-consumer", hasty.ending());
    }

    @Test
    void isOverWhenTheContainerReportsNoMoreThanAFailure() {
        FakeSession session = arrive();
        session.fail(new IOException("connection reset"));
        assertEquals(1, server.hub().connections(), "it is open still");
        session.keepQuietOnClose();
        session.close();
        assertEquals(1, server.hub().connections(), "nobody has said so");
        session.fail(new IOException("connection reset"));
    }

    @Test
    void isClosedWhenThereAreTooMany() {
        server = server(Limits.builder()
                .connections(1)
                .joinDeadline(Duration.ofSeconds(30))
                .build());
        FakeSession first = arrive();
        FakeSession second = FakeSession.open(server);
        assertEquals("1013 too-many-connections", second.ending());
        second.send(OFFER); // may come before the close frame does; nobody hears it
        assertEquals(1, server.hub().connections());
        first.close();
    }

    @Test
    void opensUnderTheGreatestLimits() {
        server = server(Limits.builder()
                .outboxMessages(Integer.MAX_VALUE)
                .outboxCharacters(Integer.MAX_VALUE)
                .messageCharacters(Integer.MAX_VALUE)
                .characterBurst(Integer.MAX_VALUE)
                .build());
        arrive().close();
    }

    @Test
    void leavesNoThreadBehind() {
        SignalingServer real = SignalingServer.builder(SignalingHub.ofDefaults())
                .time(Duration.ofMillis(10), System::nanoTime)
                .build();
        FakeSession session = FakeSession.open(real);
        await().until(() -> threads() > 0);
        real.close();
        assertEquals("1001 going-away", session.ending());
        await().until(() -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("signaling-"))
                .count();
    }
}
