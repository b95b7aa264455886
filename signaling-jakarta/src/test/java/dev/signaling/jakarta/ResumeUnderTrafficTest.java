package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * V19 to V22 over real sockets: two clients talk, and the connections of both are cut at random moments, in the middle of
 * handshakes, resumes and frames. Every message comes once, in order.
 */
class ResumeUnderTrafficTest {

    private static final int CUTS = 500; // of each
    private static final int WINDOW = 20;
    private static final int ANSWERS = 2;

    private final ManualClock clock = new ManualClock();
    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server = SignalingServer.of(SignalingHub.builder()
            .store(store)
            .clock(clock)
            .limits(Limits.builder()
                    .messagesPerSecond(1_000_000)
                    .messageBurst(10_000_000)
                    .charactersPerSecond(1_000_000_000)
                    .characterBurst(1_000_000_000)
                    .build())
            .build());

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    private volatile boolean askerIsDone;

    @Test
    void everyMessageComesOnceAndInOrderHoweverOftenTheConnectionIsCut() throws Exception {
        try (ResumingPeer asker = new ResumingPeer(node.port(), CUTS, 1);
                ResumingPeer answerer = new ResumingPeer(node.port(), CUTS, 2)) {
            join(asker);
            join(answerer);
            assertTrue(asker.next().startsWith("{\"type\":\"peer-joined\""));
            CompletableFuture<Integer> answered = CompletableFuture.supplyAsync(() -> answer(answerer));
            int asked = ask(asker, answerer);
            assertEquals(asked, answered.get(60, TimeUnit.SECONDS));
            assertTrue(asker.cuts() >= CUTS && answerer.cuts() >= CUTS, asker.cuts() + " " + answerer.cuts());
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            clock.advance(Duration.ofMinutes(1)); // for those that were cut before they could say who they were
            assertEquals(0, server.hub().connections(), "connections");
            assertEquals(0, server.sessions(), "sessions");
            assertEquals(0, store.channels(), "channels");
        });
    }

    private static void join(ResumingPeer peer) {
        peer.send("{\"type\":\"join-channel\",\"channel\":\"stream-video\"}");
        assertTrue(peer.next().startsWith("{\"type\":\"joined-channel\""));
    }

    /** Keeps questions under way until both have been cut often enough; the last one says so. */
    private int ask(ResumingPeer asker, ResumingPeer answerer) {
        int asked = 0;
        int heard = 0;
        while (!askerIsDone) {
            while (asked - heard / ANSWERS < WINDOW && !askerIsDone) {
                askerIsDone = asker.cuts() >= CUTS && answerer.cuts() >= CUTS;
                signal(asker, askerIsDone ? "last" : "question", asked++);
            }
            if (!askerIsDone) {
                heard = hear(asker, "answer", heard);
            }
        }
        while (heard < asked * ANSWERS) {
            heard = hear(asker, "answer", heard);
        }
        return asked;
    }

    private static int answer(ResumingPeer answerer) {
        int questions = 0;
        String text;
        do {
            text = answerer.next();
            assertTrue(text.contains("\",\"" + questions + "\"]}"), questions + " is not " + text);
            for (int i = 0; i < ANSWERS; i++) {
                signal(answerer, "answer", questions * ANSWERS + i);
            }
            questions++;
        } while (!text.contains("\"last\""));
        return questions;
    }

    private static int hear(ResumingPeer peer, String what, int number) {
        String text = peer.next();
        assertTrue(text.contains("[\"" + what + "\",\"" + number + "\"]"), what + " " + number + " is not " + text);
        return number + 1;
    }

    private static void signal(ResumingPeer from, String what, int number) {
        from.send("{\"type\":\"signal\",\"channel\":\"stream-video\",\"data\":[\"" + what + "\",\"" + number + "\"]}");
    }
}
