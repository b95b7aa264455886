package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final Logger LOGGER = Logger.getLogger("signaling");
    private static final ChannelName CHANNEL = new ChannelName("stream-video");
    private static final PeerId PEER = new PeerId("p1");

    private final AtomicLong nanoTime = new AtomicLong();
    private final EventLog log = new EventLog(nanoTime::get);
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        LOGGER.addHandler(lines);
        LOGGER.setUseParentHandlers(false);
        LOGGER.setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(lines);
        LOGGER.setUseParentHandlers(true);
        LOGGER.setLevel(null);
    }

    @Test
    void writesALineForWhatAnOperatorWantsToKnow() {
        log.connected(PEER);
        log.joined(CHANNEL, new Member(PEER));
        log.refused(PEER, ErrorCode.NOT_JOINED, "join a channel first");
        log.suspended(PEER);
        log.resumed(PEER, new PeerId("p2"));
        log.left(CHANNEL, PEER, LeaveReason.DISCONNECTED);
        log.disconnected(PEER, CloseStatus.GONE);
        log.disconnected(PEER, CloseStatus.SLOW_CONSUMER);
        log.storeFailed(CHANNEL, PEER, new IllegalStateException("no route"));
        assertEquals(
                List.of(
                        "INFO join    stream-video  peer p1",
                        "INFO refuse  not-joined: join a channel first  peer p1",
                        "INFO lost    peer p1  is waited for",
                        "INFO back    peer p1",
                        "INFO leave   stream-video  peer p1  disconnected",
                        "INFO close   1013 slow-consumer  peer p1",
                        "SEVERE the channel store failed"),
                lines.written);
    }

    @Test
    void countsInsteadOfWritingWhenThereIsAFlood() {
        for (int i = 0; i < 5_000; i++) {
            log.refused(PEER, ErrorCode.RATE_LIMITED, "too many");
            log.disconnected(PEER, CloseStatus.RATE_LIMITED);
        }
        assertEquals(20, lines.written.size());
        log.refused(PEER, ErrorCode.NOT_JOINED, "join a channel first");
        log.disconnected(PEER, CloseStatus.SLOW_CONSUMER);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        log.refused(PEER, ErrorCode.RATE_LIMITED, "too many");
        assertEquals(
                List.of(
                        "INFO refuse  not-joined: join a channel first  peer p1",
                        "INFO close   1013 slow-consumer  peer p1",
                        "INFO refuse  rate-limited  4,990 more in one second",
                        "INFO refuse  rate-limited: too many  peer p1"),
                lines.written.subList(20, lines.written.size()));
        log.sumUp();
        log.sumUp();
        assertEquals(
                List.of("INFO close   1008 rate-limited  4,990 more in one second"),
                lines.written.subList(24, lines.written.size()));
    }

    @Test
    void saysOnceWhoHasTimedOut() {
        log.left(CHANNEL, PEER, LeaveReason.TIMED_OUT);
        log.disconnected(PEER, CloseStatus.TIMED_OUT);
        assertEquals(List.of("INFO leave   stream-video  peer p1  timed-out"), lines.written);
    }

    @Test
    void countsWhoComesAndGoesTooOften() {
        for (int i = 0; i < 5_000; i++) {
            log.joined(CHANNEL, new Member(PEER));
            log.left(CHANNEL, PEER, LeaveReason.LEFT);
        }
        assertEquals(100, lines.written.size());
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        log.joined(CHANNEL, new Member(PEER));
        assertEquals(
                List.of(
                        "INFO join    9,900 more comings and goings in one second",
                        "INFO join    stream-video  peer p1"),
                lines.written.subList(100, lines.written.size()));
    }

    @Test
    void masksWhatWouldTurnALineAroundOrEndIt() {
        ChannelName name = new ChannelName("a\u2028INFO fake\u202e\u2029\u200bz");
        log.joined(name, new Member(PEER));
        log.left(name, PEER, LeaveReason.LEFT);
        assertEquals(
                List.of("INFO join    a?INFO fake???z  peer p1", "INFO leave   a?INFO fake???z  peer p1  left"),
                lines.written);
    }

    @Test
    void letsNoNameLookLikeTheRestOfALine() {
        log.joined(new ChannelName("a  peer fake  left"), new Member(PEER));
        assertEquals(List.of("INFO join    a peer fake left  peer p1"), lines.written);
    }

    @Test
    void takesNoTextOfAPeersForAPattern() {
        log.joined(new ChannelName("{0} %s '{1}'"), new Member(PEER));
        log.refused(PEER, ErrorCode.INVALID_CHANNEL, "{1} %n");
        assertEquals(
                List.of("INFO join    {0} %s '{1}'  peer p1", "INFO refuse  invalid-channel: {1} %n  peer p1"),
                lines.written);
    }

    private static final class Lines extends Handler {

        private final List<String> written = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            written.add(line.getLevel().getName() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
