package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What peers live through, told in a few words, so that it can be lived through in memory and over any transport alike: a
 * test class implements this and says how a peer connects.
 *
 * <p>The server under test lets everyone hear everyone. What the peers say to each other are JSON objects with a
 * {@code type}, as browsers send them, which fit every dialect as payload.
 */
public interface SignalingStory {

    /** Connects a new peer; done when it may join. Peers that are left open are the test class's to close. */
    Peer connect() throws Exception;

    /** One end of a connection. Its methods wait for what they tell of, with a bound. */
    interface Peer {

        /** Joins a channel, and leaves the one it was in; done when the server has said so. */
        void join(String channel) throws Exception;

        /** Sends a payload to all others in the channel; done when it is on its way. */
        void say(String payload) throws Exception;

        /** The next payload that another peer has sent; presence is passed over. */
        String hear() throws Exception;

        /** The code of the next error that the server has sent. */
        String refusal() throws Exception;

        /** Goes; done when the server has ended the connection. */
        void leave() throws Exception;
    }

    @Test
    default void offerAnswerAndCandidatesReachTheOtherOneAsTheyWere() throws Exception {
        Peer streamer = connect();
        Peer viewer = connect();
        streamer.join("story-call");
        viewer.join("story-call");
        String offer = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\no=- 46117317 2 IN IP4 127.0.0.1\\r\\n"
                + "a=candidate:1 1 udp 2113937151 0.0.0.0 9 typ host\\r\\n".repeat(50) + "\"}";
        String answer = "{ \"sdp\" : \"v=0\\r\\n\\u00e9 \u00E9 \uD83D\uDE00\" , \"type\" : \"answer\" }";

        streamer.say(offer);
        assertEquals(offer, viewer.hear());
        viewer.say(answer);
        assertEquals(answer, streamer.hear());
        List<String> candidates = new ArrayList<>(IntStream.range(0, 10)
                .mapToObj(i -> "{\"type\":\"icecandidate\",\"candidate\":{\"candidate\":\"candidate:" + i
                        + " 1 udp 1 192.0.2.1 5000 typ host\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}")
                .toList());
        candidates.add("{\"type\":\"icecandidate\",\"candidate\":null}");
        for (String candidate : candidates) {
            streamer.say(candidate);
            viewer.say(candidate);
        }
        for (String candidate : candidates) {
            assertEquals(candidate, viewer.hear());
            assertEquals(candidate, streamer.hear());
        }
    }

    @Test
    default void everybodyInTheChannelHearsAndNobodyElse() throws Exception {
        Peer speaker = connect();
        Peer first = connect();
        Peer second = connect();
        Peer elsewhere = connect();
        speaker.join("story-many");
        first.join("story-many");
        second.join("story-many");
        elsewhere.join("story-elsewhere");

        speaker.say("{\"type\":\"greeting\"}");
        assertEquals("{\"type\":\"greeting\"}", first.hear());
        first.say("{\"type\":\"echo\"}");

        assertEquals("{\"type\":\"greeting\"}", second.hear());
        assertEquals("{\"type\":\"echo\"}", second.hear());
        assertEquals("{\"type\":\"echo\"}", speaker.hear(), "and not the greeting, which is its own");
        elsewhere.join("story-many");
        speaker.say("{\"type\":\"welcome\"}");
        assertEquals("{\"type\":\"welcome\"}", elsewhere.hear(), "the first that it hears");
    }

    @Test
    default void aPeerThatSpeaksTooEarlyIsToldSoAndMayGoOn() throws Exception {
        Peer hasty = connect();
        Peer patient = connect();
        patient.join("story-early");

        hasty.say("{\"type\":\"offer\",\"sdp\":\"too early\"}");
        assertEquals("not-joined", hasty.refusal());
        hasty.join("story-early");
        hasty.say("{\"type\":\"offer\",\"sdp\":\"in time\"}");

        assertEquals("{\"type\":\"offer\",\"sdp\":\"in time\"}", patient.hear());
    }

    @Test
    default void whoComesBackIsHeardAgainAndWhoStayedHasNoticedNothing() throws Exception {
        Peer streamer = connect();
        Peer other = connect();
        streamer.join("story-return");
        other.join("story-return");
        for (int visit = 0; visit < 5; visit++) {
            Peer viewer = connect();
            viewer.join("story-return");
            String question = "{\"type\":\"question\",\"visit\":" + visit + "}";
            viewer.say(question);
            assertEquals(question, streamer.hear());
            assertEquals(question, other.hear());
            streamer.say("{\"type\":\"answer\"}");
            assertEquals("{\"type\":\"answer\"}", viewer.hear());
            assertEquals("{\"type\":\"answer\"}", other.hear());
            viewer.leave();
        }
    }

    @Test
    default void aPeerThatChangesChannelsIsHeardWhereItIs() throws Exception {
        Peer wanderer = connect();
        Peer first = connect();
        Peer second = connect();
        first.join("story-first");
        second.join("story-second");
        wanderer.join("story-first");
        wanderer.say("{\"type\":\"here\",\"at\":1}");
        wanderer.join("story-second");
        wanderer.say("{\"type\":\"here\",\"at\":2}");

        assertEquals("{\"type\":\"here\",\"at\":1}", first.hear());
        assertEquals("{\"type\":\"here\",\"at\":2}", second.hear());
        wanderer.join("story-first");
        wanderer.say("{\"type\":\"here\",\"at\":3}");
        assertEquals("{\"type\":\"here\",\"at\":3}", first.hear(), "and not what was said elsewhere");
    }

    @Test
    default void manyCallsAtOnceDoNotMix() throws Exception {
        try (Crowd crowd = new Crowd(Waiting.PATIENCE)) {
            crowd.atOnce(IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(call -> () -> {
                        Peer streamer = connect();
                        Peer viewer = connect();
                        streamer.join("story-at-once-" + call);
                        viewer.join("story-at-once-" + call);
                        for (int i = 0; i < 50; i++) {
                            String words = "{\"type\":\"words\",\"call\":" + call + ",\"number\":" + i + "}";
                            streamer.say(words);
                            assertEquals(words, viewer.hear());
                            viewer.say(words);
                            assertEquals(words, streamer.hear());
                        }
                        streamer.leave();
                        viewer.leave();
                        return true;
                    })
                    .toList());
        }
    }
}
