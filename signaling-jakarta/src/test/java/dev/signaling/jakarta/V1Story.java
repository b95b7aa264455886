package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.BadTexts.BadText;
import dev.signaling.message.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What clients of signaling.v1 see, whatever carries it. The tests are named by the rules of PROTOCOL.md; the peers by the
 * order in which they come: p1, p2, p3. That a peer gets nothing is shown by the next thing that it gets.
 */
interface V1Story {

    String STREAM_VIDEO = "\"channel\":\"stream-video\"";
    String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

    /** A hub whose peers are p1, p2, p3. */
    static SignalingHub hub(InMemoryChannelStore store) {
        AtomicInteger peers = new AtomicInteger();
        return SignalingHub.builder()
                .store(store)
                .peerIds(() -> new PeerId("p" + peers.incrementAndGet()))
                .build();
    }

    /** A new connection that speaks signaling.v1. */
    Peer connect();

    /** A new connection that speaks the tutorial's format. */
    Peer connectTutorial();

    SignalingServer server();

    InMemoryChannelStore store();

    /** A new connection that has been greeted. */
    default Peer arrive() {
        Peer peer = connect();
        String greeting = peer.next();
        assertTrue(greeting.startsWith("{\"type\":\"connection-established\",\"peer\":\"p"), greeting);
        return peer;
    }

    /** A new member of stream-video that nobody else is in. */
    default Peer member() {
        Peer peer = arrive();
        peer.join("stream-video");
        assertTrue(peer.next().startsWith("{\"type\":\"joined-channel\"," + STREAM_VIDEO));
        return peer;
    }

    /** A new member of stream-video, of whom those who are there have heard. */
    default Peer member(Peer... there) {
        Peer peer = member();
        for (Peer other : there) {
            assertTrue(other.next().startsWith("{\"type\":\"peer-joined\"," + STREAM_VIDEO));
        }
        return peer;
    }

    static void signal(Peer from, String data) {
        from.send("{\"type\":\"signal\"," + STREAM_VIDEO + ",\"data\":" + data + "}");
    }

    static void signal(Peer from, String to, String data) {
        from.send(
                "{\"type\":\"signal\"," + STREAM_VIDEO + ",\"to\":\"" + to + "\",\"data\":" + data + ",\"id\":\"s\"}");
    }

    static String signalFrom(String peer, String data) {
        return "{\"type\":\"signal\"," + STREAM_VIDEO + ",\"from\":\"" + peer + "\",\"data\":" + data + "}";
    }

    static String peerLeft(String peer, String reason) {
        return "{\"type\":\"peer-left\"," + STREAM_VIDEO + ",\"peer\":\"" + peer + "\",\"reason\":\"" + reason + "\"}";
    }

    /** Proves that the next thing that each peer gets is the answer to what it says now. */
    static void assertNothingCame(Peer... peers) {
        for (Peer peer : peers) {
            peer.send("{\"type\":\"ping\",\"id\":\"anything?\"}");
            String answer = peer.next();
            assertTrue(answer.startsWith("{\"type\":\"pong\"") && answer.endsWith("\"id\":\"anything?\"}"), answer);
        }
    }

    static void assertError(String code, String id, String text) {
        assertTrue(text.startsWith("{\"type\":\"error\",\"code\":\"" + code + "\",\"detail\":\""), text);
        assertTrue(text.endsWith("\"id\":\"" + id + "\"}"), text);
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
    default void v2GreetsFirst() {
        try (Peer peer = connect()) {
            String greeting = peer.next();
            assertTrue(greeting.startsWith("{\"type\":\"connection-established\",\"peer\":\"p1\""), greeting);
            assertTrue(
                    greeting.contains("\"heartbeat\":5000,\"grace\":30000,\"limits\":{\"messageCharacters\":65536,"));
        }
    }

    @Test
    default void v5RepeatsTheIdInAnswersAndErrors() {
        try (Peer peer = arrive()) {
            String id = "\"\\u0041 \\\"\\\\\\/ Zo\u00eb\"";
            peer.send("{\"id\":" + id + ",\"type\":\"ping\"}");
            assertTrue(peer.next().endsWith(",\"id\":\"A \\\"\\\\/ Zo\u00eb\"}"));
            peer.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + ",\"id\":\"" + "x".repeat(64) + "\"}");
            assertTrue(peer.next().endsWith(",\"id\":\"" + "x".repeat(64) + "\"}"));
            peer.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + ",\"id\":\"twice\"}");
            assertError("already-joined", "twice", peer.next());
            peer.send("{\"type\":\"leave-channel\"," + STREAM_VIDEO + ",\"id\":\"bye\"}");
            assertEquals(
                    "{\"type\":\"left-channel\"," + STREAM_VIDEO + ",\"reason\":\"left\",\"id\":\"bye\"}", peer.next());
        }
    }

    @Test
    default void v7TellsANewMemberWhoIsThereInJoinOrder() {
        try (Peer first = arrive();
                Peer second = arrive();
                Peer third = arrive()) {
            String streamer = "\"role\":\"streamer\",\"meta\":{ \"n\" : 1.0,\"u\":\"\\u0041\" }";
            first.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + "," + streamer + "}");
            assertEquals(
                    "{\"type\":\"joined-channel\"," + STREAM_VIDEO + ",\"peer\":\"p1\"," + streamer + ",\"peers\":[]}",
                    first.next());
            second.join("stream-video");
            String bare = "\"role\":\"peer\",\"meta\":{}";
            assertEquals("{\"type\":\"peer-joined\"," + STREAM_VIDEO + ",\"peer\":\"p2\"," + bare + "}", first.next());
            assertTrue(second.next().endsWith(",\"peers\":[{\"peer\":\"p1\"," + streamer + "}]}"));
            third.join("stream-video");
            assertTrue(third.next()
                    .endsWith(",\"peers\":[{\"peer\":\"p1\"," + streamer + "},{\"peer\":\"p2\"," + bare + "}]}"));
        }
    }

    @Test
    default void v8HoldsMetadataToItsLimit() {
        try (Peer peer = arrive()) {
            String meta = "{\"a\":\"" + "x".repeat(2_048 - 8) + "\"}";
            peer.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + ",\"id\":\"m\",\"meta\":"
                    + meta.replace("x\"", "xx\"") + "}");
            assertError("invalid-field", "m", peer.next());
            peer.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + ",\"meta\":" + meta + "}");
            assertTrue(peer.next().contains(meta));
        }
    }

    @Test
    default void v9TakesAPeerIntoSeveralChannels() {
        try (Peer peer = arrive();
                Peer other = arrive()) {
            int most = server().hub().limits().channelsPerConnection();
            for (int i = 0; i < most; i++) {
                peer.join("c" + i);
                assertTrue(peer.next().startsWith("{\"type\":\"joined-channel\",\"channel\":\"c" + i + "\""));
            }
            peer.send("{\"type\":\"join-channel\"," + STREAM_VIDEO + ",\"id\":\"m\"}");
            assertError("too-many-channels", "m", peer.next());
            other.join("c0");
            assertTrue(peer.next().startsWith("{\"type\":\"peer-joined\",\"channel\":\"c0\""));
            assertTrue(other.next().startsWith("{\"type\":\"joined-channel\",\"channel\":\"c0\""));
            peer.send("{\"type\":\"signal\",\"channel\":\"c1\",\"data\":1}");
            assertNothingCame(peer, other);
            assertEquals(most, store().channels());
        }
    }

    @Test
    default void v11TellsTheOthersThatAPeerLeaves() {
        try (Peer leaver = member();
                Peer stayer = member(leaver)) {
            String leave = "{\"type\":\"leave-channel\"," + STREAM_VIDEO + ",\"id\":\"l\"}";
            leaver.send(leave);
            assertEquals(
                    "{\"type\":\"left-channel\"," + STREAM_VIDEO + ",\"reason\":\"left\",\"id\":\"l\"}", leaver.next());
            assertEquals(peerLeft("p1", "left"), stayer.next());
            leaver.send(leave);
            assertError("not-joined", "l", leaver.next());
            signal(stayer, OFFER);
            assertNothingCame(leaver, stayer);
            leaver.join("stream-video");
            assertTrue(leaver.next().endsWith("\"peers\":[{\"peer\":\"p2\",\"role\":\"peer\",\"meta\":{}}]}"));
        }
    }

    @Test
    default void v12TellsTheOthersThatAPeerIsGone() {
        try (Peer stayer = member()) {
            member(stayer).close();
            assertEquals(peerLeft("p2", "disconnected"), stayer.next());
            Peer binary = member(stayer);
            binary.sendBinary(new byte[3]);
            assertEquals("1003 binary-message", binary.ending());
            assertEquals(peerLeft("p3", "removed"), stayer.next());
        }
    }

    @Test
    default void v13CarriesAnyJsonValueAsItIs() {
        try (Peer sender = member();
                Peer receiver = member(sender)) {
            List<String> values =
                    new ArrayList<>(List.of("null", "true", "-0.50", "\"\\u0041\"", "[ 1 ,\t2 ]", "{}", "1e400"));
            values.addAll(RelayedTexts.values());
            for (String data : values) {
                signal(sender, " " + data + " ");
                assertEquals(signalFrom("p1", data), receiver.next());
            }
            assertNothingCame(sender);
        }
    }

    @Test
    default void v13IgnoresWhatASenderSaysOfItself() {
        try (Peer sender = member();
                Peer receiver = member(sender)) {
            sender.send("{\"from\":\"p2\",\"type\":\"signal\",\"reason\":1," + STREAM_VIDEO + ",\"data\":1}");
            assertEquals(signalFrom("p1", "1"), receiver.next());
        }
    }

    @Test
    default void v14ReachesTheOneThatItIsFor() {
        try (Peer one = member();
                Peer two = member(one);
                Peer three = member(one, two);
                Peer elsewhere = arrive()) {
            elsewhere.join("elsewhere");
            elsewhere.next();
            signal(one, "p3", OFFER);
            assertEquals(signalFrom("p1", OFFER), three.next());
            signal(three, "p1", "1");
            assertEquals(signalFrom("p3", "1"), one.next());
            for (String nobody : List.of("p1", "p4", "p99", "P3", " p3")) {
                signal(one, nobody, OFFER);
                assertError("peer-not-found", "s", one.next());
            }
            assertNothingCame(one, two, three, elsewhere);
        }
    }

    @Test
    default void v15RefusesSignalsToAChannelNotJoined() {
        try (Peer outside = arrive();
                Peer member = member()) {
            signal(outside, "p2", OFFER);
            assertError("not-joined", "s", outside.next());
            member.send("{\"type\":\"signal\",\"channel\":\"elsewhere\",\"data\":1,\"id\":\"s\"}");
            assertError("not-joined", "s", member.next());
            assertNothingCame(outside, member);
        }
    }

    @Test
    default void v16KeepsTheOrder() {
        try (Peer sender = member();
                Peer receiver = member(sender)) {
            for (int i = 0; i < 300; i++) {
                signal(sender, i % 2 == 0 ? "" + i : "[" + i + "]");
            }
            for (int i = 0; i < 300; i++) {
                assertEquals(signalFrom("p1", i % 2 == 0 ? "" + i : "[" + i + "]"), receiver.next());
            }
        }
    }

    @Test
    default void v17CarriesWhatATutorialPeerSays() {
        try (Peer v1 = member();
                Peer tutorial = connectTutorial()) {
            assertEquals(TutorialStory.ESTABLISHED, tutorial.next());
            tutorial.join("stream-video");
            assertEquals(TutorialStory.JOINED, tutorial.next());
            assertEquals(
                    "{\"type\":\"peer-joined\"," + STREAM_VIDEO + ",\"peer\":\"p2\",\"role\":\"peer\",\"meta\":{}}",
                    v1.next());
            for (String text : RelayedTexts.all()) {
                tutorial.send(text);
                assertEquals(signalFrom("p2", text), v1.next());
            }
            signal(v1, " " + OFFER);
            assertEquals(OFFER, tutorial.next());
            signal(v1, "p2", "{\"type\":\"answer\"}");
            assertEquals("{\"type\":\"answer\"}", tutorial.next());
            TutorialStory.assertNothingCame(tutorial);
        }
    }

    @Test
    default void v17LetsNoV1PeerSpeakInTheServersName() {
        try (Peer v1 = member();
                Peer tutorial = connectTutorial()) {
            tutorial.next();
            tutorial.join("stream-video");
            tutorial.next();
            v1.next();
            for (String data : List.of(
                    "null",
                    "7",
                    "\"offer\"",
                    "[{\"type\":\"offer\"}]",
                    "{}",
                    "{\"type\":7}",
                    "{\"type\":null}",
                    "{\"Type\":\"offer\"}",
                    "{\"type\":\"connection-established\"}",
                    "{\"type\":\"joined-channel\"," + STREAM_VIDEO + "}",
                    "{\"type\":\"error\",\"code\":\"x\"}",
                    "{\"type\":\"going-away\"}",
                    "{\"t\\u0079pe\":\"err\\u006fr\"}",
                    "{\"type\":\"offer\",\"type\":\"error\"}",
                    "{\"type\":\"error\",\"type\":\"offer\"}")) {
                signal(v1, data);
                signal(v1, "p2", data);
            }
            TutorialStory.assertNothingCame(tutorial);
            assertNothingCame(v1);
        }
    }

    @Test
    default void v18AnswersAPing() {
        try (Peer peer = arrive()) {
            peer.send("{\"type\":\"ping\"}");
            assertEquals("{\"type\":\"pong\",\"received\":0}", peer.next());
        }
    }

    @Test
    default void v27AnswersEachBadTextToItsSenderAloneAndGoesOn() {
        try (Peer peer = member();
                Peer other = member(peer);
                Peer outside = arrive()) {
            outside.join("elsewhere");
            outside.next();
            List<BadText> texts = V1BadTexts.all();
            assertAnswersEach(peer, texts);
            peer.send("{\"type\":\"ping\"}");
            assertEquals("{\"type\":\"pong\",\"received\":" + (1 + texts.size()) + "}", peer.next());
            assertNothingCame(peer, other, outside);
            assertEquals(2, store().channels());
            signal(peer, OFFER);
            assertEquals(signalFrom("p1", OFFER), other.next());
        }
    }

    /** p1, who has left the channel left-already, is in stream-video together with p2, and p3 is elsewhere. */
    @Test
    default void v27AnswersEachBadGoldenFileByTheCodeInItsName() {
        try (Peer peer = member();
                Peer other = member(peer);
                Peer outside = arrive()) {
            outside.join("elsewhere");
            outside.next();
            peer.join("left-already");
            peer.next();
            peer.send("{\"type\":\"leave-channel\",\"channel\":\"left-already\"}");
            peer.next();
            assertAnswersEach(peer, GoldenFiles.bad(GoldenFiles.v1()));
            assertNothingCame(peer, other, outside);
            signal(peer, OFFER);
            assertEquals(signalFrom("p1", OFFER), other.next());
        }
    }

    private static void assertAnswersEach(Peer peer, List<BadText> texts) {
        for (BadText bad : texts) {
            peer.send(bad.text());
            String answer = peer.next();
            assertTrue(answer.startsWith("{\"type\":\"error\",\"code\":\"" + bad.code() + "\""), bad + " " + answer);
            assertEquals(bad.tellsItsId(), answer.endsWith(",\"id\":\"7\"}"), bad + " " + answer);
        }
    }

    @Test
    default void v28AnswersATextOverTheLimitAndRelaysNothingOfIt() {
        try (Peer peer = member();
                Peer other = member(peer)) {
            signal(peer, '"' + "x".repeat(server().hub().limits().messageCharacters()) + '"');
            String answer = peer.next();
            assertTrue(answer.startsWith("{\"type\":\"error\",\"code\":\"message-too-large\""), answer);
            assertNothingCame(peer, other);
        }
    }

    @Test
    default void v29SaysGoingAwayAndCloses() {
        try (Peer peer = member();
                Peer bystander = arrive()) {
            assertNothingCame(bystander);
            server().close();
            for (Peer each : List.of(peer, bystander)) {
                String farewell = each.next();
                assertTrue(
                        farewell.matches("\\{\"type\":\"going-away\",\"reason\":\"shutdown\",\"retryAfter\":[0-9]+}"),
                        farewell);
                assertEquals("1001 going-away", each.ending());
            }
            assertFalse(store().channels() > 0);
        }
    }
}
