package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that end no message are counted too: twenty at once, ten a second. */
class FramesTest {

    private static final Optional<String> RATE_LIMITED = Optional.of("1008 rate-limited");

    private final AtomicLong nanoTime = new AtomicLong(Duration.ofHours(1).toNanos());
    private final SignalingServer server = SignalingServer.builder(SignalingHub.builder()
                    .clock(() -> Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanoTime.get())))
                    .limits(Limits.builder()
                            .messagesPerSecond(10)
                            .messageBurst(20)
                            .build())
                    .build())
            .time(Duration.ofHours(1), nanoTime::get)
            .build();
    private final FakeSession session = FakeSession.open(server);

    @BeforeEach
    void join() {
        assertEquals(ESTABLISHED, session.next());
        session.join("stream-video");
        assertEquals("{\"type\":\"joined-channel\",\"channel\":\"stream-video\"}", session.next());
    }

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private void pass(int seconds) {
        nanoTime.addAndGet(Duration.ofSeconds(seconds).toNanos());
        server.keeper().tick();
    }

    private void pongs(int count) {
        for (int i = 0; i < count; i++) {
            session.pong();
        }
    }

    private void parts(int count, String part) {
        for (int i = 0; i < count; i++) {
            session.sendPart(part);
        }
    }

    @Test
    void aFloodOfPongsIsClosed() {
        pongs(20);
        assertEquals(Optional.empty(), session.closed());
        pongs(1);
        assertEquals("1008 rate-limited", session.ending());
    }

    @Test
    void pongsThatAnswerPingsNeverAreTooMany() {
        for (int i = 0; i < 1_000; i++) {
            pass(1);
            pongs(10);
        }
        assertEquals(Optional.empty(), session.closed());
    }

    @Test
    void emptyPartsWithoutEndAreClosed() {
        parts(20, "");
        assertEquals(Optional.empty(), session.closed());
        parts(1, "");
        assertEquals("1008 rate-limited", session.ending());
        session.send("{\"type\":\"offer\"}");
        assertEquals(RATE_LIMITED, session.closed());
    }

    @Test
    void aLongMessageMayComeInManyParts() {
        parts(200, "x".repeat(300));
        session.send("x");
        assertEquals(
                "{\"type\":\"error\",\"code\":\"malformed-message\",\"detail\":\"not JSON (at character 0)\"}",
                session.next());
        assertEquals(Optional.empty(), session.closed());
    }

    @Test
    void aMessageThatNeverEndsHasADeadline() {
        parts(1, "x");
        for (int second = 0; second < 75; second++) {
            pass(1);
            pongs(1);
            parts(1, "x");
        }
        assertEquals(Optional.empty(), session.closed());
        pass(1);
        assertEquals("1001 timed-out", session.ending());
    }

    @Test
    void everyMessageHasADeadlineOfItsOwn() {
        for (int i = 0; i < 3; i++) {
            for (int second = 0; second < 70; second++) {
                parts(1, "x");
                pass(1);
            }
            session.send("x");
            session.next();
            pass(10); // between two messages nothing is due but a word
        }
        assertEquals(Optional.empty(), session.closed());
    }

    @Test
    void partsThatAreShortAndFewMayComeForEver() {
        for (int i = 0; i < 100; i++) {
            parts(5, "x");
            session.send("x");
            session.next();
            pass(1);
        }
        assertEquals(Optional.empty(), session.closed());
    }
}
