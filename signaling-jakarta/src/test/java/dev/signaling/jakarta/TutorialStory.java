package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What clients of the tutorial's format see, whatever carries it. The tests are named by the rules of PROTOCOL.md. That a
 * peer gets nothing is shown by the next thing that it gets: messages to one peer come in order.
 */
interface TutorialStory {

    String ESTABLISHED = "{\"type\":\"connection-established\"}";
    String JOINED = "{\"type\":\"joined-channel\",\"channel\":\"stream-video\"}";
    String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\n\"}";
    String ANSWER = "{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}";

    /** A new connection. */
    Peer connect();

    SignalingServer server();

    InMemoryChannelStore store();

    /** A new connection that has been greeted. */
    default Peer arrive() {
        Peer peer = connect();
        assertEquals(ESTABLISHED, peer.next());
        return peer;
    }

    /** A new member of stream-video. */
    default Peer member() {
        Peer peer = arrive();
        peer.join("stream-video");
        assertEquals(JOINED, peer.next());
        return peer;
    }

    /** Proves that the next thing that the peer gets is the answer to what it says now: nothing came in between. */
    static void assertNothingCame(Peer peer) {
        peer.send("{}");
        assertError("unknown-type", peer.next());
    }

    static void assertError(String code, String text) {
        assertTrue(text.startsWith("{\"type\":\"error\",\"code\":\"" + code + "\",\"detail\":\""), text);
    }

    @AfterEach
    default void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertEquals(0, server().hub().connections(), "connections");
            assertEquals(0, server().sessions(), "sessions");
            assertEquals(0, store().channels(), "channels");
        });
    }

    @Test
    default void t1GreetsFirst() {
        try (Peer peer = connect()) {
            assertEquals(ESTABLISHED, peer.next());
        }
    }

    @Test
    default void t5AnswersAJoin() {
        try (Peer peer = arrive()) {
            peer.send(" {\"extra\": [1, {}], \"channel\": \"\\u0073tream-video\",\n\"type\": \"join-channel\"} ");
            assertEquals(JOINED, peer.next());
            assertEquals(1, store().channels());
        }
    }

    @Test
    default void t5CarriesAnyNameThatIsOne() {
        try (Peer first = arrive();
                Peer second = arrive()) {
            String name = "Zo\u00eb's \u30c1\u30e3\u30f3\u30cd\u30eb \ud83c\udfa5 </script> \\\\ \\\"";
            first.join(name);
            second.join(name);
            assertEquals(first.next(), second.next());
            first.send(OFFER);
            assertEquals(OFFER, second.next());
        }
    }

    @Test
    default void t6HoldsANameToTheHostsLimit() {
        try (Peer peer = arrive()) {
            peer.join("x".repeat(129));
            assertError("invalid-channel", peer.next());
            peer.join("x".repeat(128));
            assertTrue(peer.next().startsWith("{\"type\":\"joined-channel\""));
        }
    }

    @Test
    default void t7LeavesTheFirstChannelForTheSecond() {
        try (Peer mover = member();
                Peer stayer = member()) {
            mover.join("elsewhere");
            assertEquals("{\"type\":\"joined-channel\",\"channel\":\"elsewhere\"}", mover.next());
            assertEquals(2, store().channels());
            mover.send(OFFER);
            stayer.send(ANSWER);
            assertNothingCame(stayer);
            assertNothingCame(mover);
        }
    }

    @Test
    default void t8RefusesToJoinTwice() {
        try (Peer twice = member();
                Peer other = member()) {
            twice.join("stream-video");
            assertError("already-joined", twice.next());
            other.send(OFFER);
            assertEquals(OFFER, twice.next());
            assertNothingCame(twice); // there once, not twice
        }
    }

    @Test
    default void t9StaysAfterARefusedJoin() {
        try (Peer peer = member();
                Peer other = member()) {
            peer.join("__proto__");
            assertError("invalid-channel", peer.next());
            peer.send(OFFER);
            assertEquals(OFFER, other.next());
        }
    }

    @Test
    default void t10TellsNobodyOfComingAndGoing() {
        try (Peer stayer = member()) {
            Peer guest = member();
            assertNothingCame(stayer);
            guest.close();
            await().until(() -> server().hub().connections() == 1);
            assertNothingCame(stayer);
        }
    }

    @Test
    default void t11ReachesEveryOtherMemberAndNobodyElse() {
        try (Peer streamer = member();
                Peer viewer = member();
                Peer secondViewer = member();
                Peer outside = arrive()) {
            streamer.send(OFFER);
            assertEquals(OFFER, viewer.next());
            assertEquals(OFFER, secondViewer.next());
            viewer.send(ANSWER);
            assertEquals(ANSWER, streamer.next());
            assertEquals(ANSWER, secondViewer.next());
            for (Peer peer : List.of(streamer, viewer, secondViewer, outside)) {
                assertNothingCame(peer);
            }
        }
    }

    @Test
    default void t11RelaysTheVeryText() {
        try (Peer sender = member();
                Peer receiver = member()) {
            for (String text : RelayedTexts.all()) {
                sender.send(text);
                assertEquals(text, receiver.next());
            }
        }
    }

    @Test
    default void t11ReachesThoseWhoStayWhenSomebodyLeaves() {
        try (Peer second = connectAfterOneThatLeaves();
                Peer third = member()) {
            second.send(OFFER);
            assertEquals(OFFER, third.next());
            third.send(ANSWER);
            assertEquals(ANSWER, second.next());
            assertNothingCame(second);
            assertNothingCame(third);
        }
    }

    private Peer connectAfterOneThatLeaves() {
        Peer second;
        try (Peer first = member()) {
            second = member();
            first.send(OFFER);
            assertEquals(OFFER, second.next());
        }
        await().until(() -> server().hub().connections() == 1);
        return second;
    }

    @Test
    default void t12KeepsTheOrder() {
        try (Peer sender = member();
                Peer receiver = member()) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                texts.add("{\"type\":\"icecandidate\",\"candidate\":" + i + "}");
            }
            texts.forEach(sender::send);
            for (String text : texts) {
                assertEquals(text, receiver.next());
            }
        }
    }

    @Test
    default void t13RefusesToRelayBeforeAJoin() {
        try (Peer early = arrive();
                Peer member = member()) {
            early.send(OFFER);
            assertError("not-joined", early.next());
            early.join("stream-video");
            assertEquals(JOINED, early.next());
            early.send(ANSWER);
            assertEquals(ANSWER, member.next());
        }
    }

    @Test
    default void t14AnswersEachBadTextAndGoldenFileAndGoesOn() {
        try (Peer peer = member();
                Peer other = member()) {
            List<BadTexts.BadText> texts = new ArrayList<>(BadTexts.all());
            texts.addAll(GoldenFiles.bad(GoldenFiles.tutorial()));
            for (BadTexts.BadText bad : texts) {
                peer.send(bad.text());
                assertError(bad.code(), peer.next());
                peer.send(OFFER);
                assertEquals(OFFER, other.next(), bad::toString);
                other.send(ANSWER);
                assertEquals(ANSWER, peer.next(), bad::toString);
            }
        }
    }

    @Test
    default void t16AnswersATextOverTheLimit() {
        try (Peer peer = member();
                Peer other = member()) {
            String largest = textOf(server().hub().limits().messageCharacters());
            peer.send(largest);
            assertEquals(largest, other.next());
            peer.send(largest + " ");
            assertError("message-too-large", peer.next());
            peer.send(OFFER);
            assertEquals(OFFER, other.next());
        }
    }

    @Test
    default void t16ClosesAfterATextFarOverTheLimit() {
        try (Peer peer = member();
                Peer other = member()) {
            peer.send(textOf(4 * server().hub().limits().messageCharacters()));
            assertEquals("1009 message-too-large", peer.ending());
            assertNothingCame(other);
        }
    }

    /** A message of so many characters. */
    static String textOf(int characters) {
        String envelope = "{\"type\":\"offer\",\"sdp\":\"\"}";
        return envelope.replace("\"\"", '"' + "x".repeat(characters - envelope.length()) + '"');
    }

    @Test
    default void t17RefusesAndThenClosesAFlood() {
        try (Peer flood = member();
                Peer other = member()) {
            assertEquals(1_000, server().hub().limits().messageBurst());
            for (int i = 0; i < 10_000 && server().hub().connections() == 2; i++) {
                try {
                    flood.send("null");
                } catch (java.io.UncheckedIOException e) {
                    break; // closed already
                }
            }
            String last = "";
            for (int i = 0; i < 10_000 && !last.contains("rate-limited"); i++) {
                last = flood.next();
            }
            assertError("rate-limited", last);
            assertEquals("1008 rate-limited", flood.ending());
            assertNothingCame(other);
        }
    }

    @Test
    default void t20ClosesAfterABinaryMessage() {
        try (Peer peer = member();
                Peer other = member()) {
            peer.sendBinary(new byte[300]);
            assertEquals("1003 binary-message", peer.ending());
            assertNothingCame(other);
        }
    }

    @Test
    default void t23SaysGoingAwayAndCloses() {
        try (Peer peer = member();
                Peer bystander = arrive()) {
            assertNothingCame(bystander); // so it is there for the server too
            server().close();
            for (Peer each : List.of(peer, bystander)) {
                assertEquals("{\"type\":\"going-away\"}", each.next());
                assertEquals("1001 going-away", each.ending());
            }
            try (Peer late = connect()) {
                assertEquals("1001 going-away", late.ending());
            }
        }
    }
}
