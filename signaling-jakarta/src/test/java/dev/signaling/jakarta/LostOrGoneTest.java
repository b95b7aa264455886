package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.FakeSession.Sending;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import dev.signaling.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** V21: what containers say of the end of a session, and whether its peer is waited for then. */
class LostOrGoneTest {

    private final ManualClock clock = new ManualClock();
    private final List<String> events = new ArrayList<>();
    private final SignalingServer server = SignalingServer.of(SignalingHub.builder()
            .clock(clock)
            .listener(new SignalingListener() {
                @Override
                public void suspended(PeerId peer) {
                    events.add("LOST");
                }

                @Override
                public void disconnected(PeerId peer, CloseStatus status) {
                    events.add(status.name());
                }
            })
            .build());
    private final FakeSession session = FakeSession.open(server, SignalingV1Dialect.SUBPROTOCOL);

    @AfterEach
    void nothingIsLeft() {
        clock.advance(Duration.ofMinutes(1));
        server.hub().expire();
        assertEquals(0, server.hub().connections());
    }

    @ParameterizedTest
    @CsvSource({
        "1000, '', GONE",
        "1001, '', GONE",
        "1001, bye, GONE",
        "1001, Going away., LOST",
        "1002, protocol error, GONE",
        "1005, '', GONE",
        "1006, '', LOST",
        "1006, Closed abnormally., LOST",
        "1009, too big, GONE",
        "1011, '', LOST",
        "3000, '', GONE",
        "4999, '', GONE"
    })
    void tellsByWhatTheContainerSays(int code, String phrase, String outcome) {
        session.endBy(code, phrase);
        assertEquals(List.of(outcome), events);
    }

    @Test
    void hasLostASessionThatFailedAndIsNotOpenAnyMore() {
        session.keepQuietOnClose();
        session.endBy(1006, "");
        session.fail(new IOException("connection reset"));
        assertEquals(List.of("LOST"), events);
    }

    @Test
    void hasLostASessionThatNothingGetsThrough() {
        session.become(Sending.FAILS);
        session.send("{\"type\":\"ping\"}");
        assertEquals(List.of("LOST"), events);
        assertEquals("1000 gone", session.ending());
    }

    @Test
    void waitsForNobodyWhoBrokeTheRules() {
        session.sendBinary(new byte[1]);
        assertEquals(List.of("BINARY_MESSAGE"), events);
    }
}
