package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What peers live through whose sockets break, where their format has a way back: told once, to be lived through in memory
 * and over any transport alike, like the {@link SignalingStory}.
 *
 * <p>The server under test lets everyone hear everyone. A test has channels of its own, and few peers.
 */
public interface ResumeStory {

    /** Opens a socket; done when the server has said who is there. Sockets that are left open are the test class's to close. */
    Socket open() throws Exception;

    /** How many messages the server keeps for a peer that has lost its socket; best not many. */
    int mostKept();

    /** Lets more time pass than a peer is waited for, on the server's clock; done when the server has noticed. */
    void outlastTheGrace() throws Exception;

    /** One socket, as the client sees it. Its methods wait for what they tell of, with a bound. */
    interface Socket {

        /** What the server said first. */
        Greeting greeting();

        /** How many of the messages that count have come over this socket and been read. */
        long heard();

        /** Joins a channel; done when the server has said so. */
        void join(String channel) throws Exception;

        /** Sends a payload to all others in the channel; done when it is on its way. */
        void say(String channel, String payload) throws Exception;

        /** The next payload that another peer has sent; presence is passed over. */
        String hear() throws Exception;

        /** Asks to go on as another peer; the answer, or empty if the server has refused. */
        Optional<Greeting> resume(String token, long received) throws Exception;

        /** Breaks without a word; done when the server has noticed. */
        void cut() throws Exception;

        /** The code with which the server closes the socket. */
        int closeCode() throws Exception;
    }

    /**
     * Who the server says that the client is.
     *
     * @param peer the peer's id
     * @param token what it has to show to come back
     * @param resumed whether it is the one that it was on an earlier socket
     * @param received how many messages of that peer's have come
     * @param reason why it is not the one that it asked to be, if that is worth a word
     */
    record Greeting(String peer, String token, boolean resumed, long received, Optional<String> reason) {}

    @Test
    default void whoComesBackHasMissedNothingAndNobodyHasNoticed() throws Exception {
        Socket streamer = open();
        Socket viewer = open();
        streamer.join("resume-back");
        viewer.join("resume-back");
        streamer.say("resume-back", "\"before\"");
        assertEquals("\"before\"", viewer.hear());
        viewer.say("resume-back", "\"thanks\"");
        assertEquals("\"thanks\"", streamer.hear());
        long streamerHeard = streamer.heard();

        viewer.cut();
        List<String> missed =
                IntStream.range(0, mostKept() / 2).mapToObj(Integer::toString).toList();
        for (String word : missed) {
            streamer.say("resume-back", word);
        }
        Socket again = open();
        Greeting back = again.resume(viewer.greeting().token(), viewer.heard()).orElseThrow();

        assertTrue(back.resumed());
        assertEquals(viewer.greeting().peer(), back.peer());
        assertEquals(2, back.received(), "the request to join, and the thanks");
        assertNotEquals(viewer.greeting().token(), back.token());
        for (String word : missed) {
            assertEquals(word, again.hear());
        }
        streamer.say("resume-back", "\"after\"");
        assertEquals("\"after\"", again.hear());
        again.say("resume-back", "\"here I am\"");
        assertEquals("\"here I am\"", streamer.hear());
        assertEquals(streamerHeard + 1, streamer.heard(), "and nobody's leaving or coming in between");
    }

    @Test
    default void whoComesBackAgainAndAgainHearsEverythingOnce() throws Exception {
        Socket speaker = open();
        Socket listener = open();
        speaker.join("resume-again");
        listener.join("resume-again");
        String token = listener.greeting().token();
        long received = listener.heard();
        for (int i = 0; i < 20; i++) {
            speaker.say("resume-again", (i + 1) + "0");
            if (i % 3 == 0) {
                assertEquals((i + 1) + "0", listener.hear());
                received++;
            }
            listener.cut();
            speaker.say("resume-again", (i + 1) + "1");
            listener = open();
            token = listener.resume(token, received).orElseThrow().token();
            if (i % 3 != 0) {
                assertEquals((i + 1) + "0", listener.hear());
            }
            assertEquals((i + 1) + "1", listener.hear());
            received += i % 3 == 0 ? 1 : 2;
        }
    }

    @Test
    default void whoHasMissedMoreThanIsKeptStartsAfreshAndIsToldWhy() throws Exception {
        Socket speaker = open();
        Socket witness = open();
        Socket listener = open();
        speaker.join("resume-overflow");
        witness.join("resume-overflow");
        listener.join("resume-overflow");
        listener.cut();
        for (int i = 0; i <= mostKept(); i++) {
            speaker.say("resume-overflow", "1");
            witness.hear(); // so it has been sent to the one that is not there, too
        }
        Socket again = open();

        Greeting answer =
                again.resume(listener.greeting().token(), listener.heard()).orElseThrow();

        assertFalse(answer.resumed());
        assertEquals(Optional.of("overflow"), answer.reason());
        assertEquals(again.greeting().peer(), answer.peer());
        assertEquals(again.greeting().token(), answer.token());
        again.join("resume-overflow");
        speaker.say("resume-overflow", "2");
        assertEquals("2", again.hear(), "the first that it hears");
    }

    @Test
    default void aTokenThatIsNoneIsRefusedAndTheFreshPeerStays() throws Exception {
        Socket witness = open();
        witness.join("resume-wrong");
        Socket guesser = open();

        assertEquals(Optional.empty(), guesser.resume("no such token", 0));

        guesser.join("resume-wrong");
        guesser.say("resume-wrong", "\"as myself\"");
        assertEquals("\"as myself\"", witness.hear());
        Socket imitator = open();
        assertEquals(Optional.empty(), imitator.resume(imitator.greeting().token(), 0), "its own");
    }

    @Test
    default void aTokenIsGoodUntilAWordHasComeOverTheSocketThatGotTheNext() throws Exception {
        Socket lost = open();
        lost.join("resume-used");
        String token = lost.greeting().token();
        long received = lost.heard();
        lost.cut();
        Socket unheard = open();
        assertTrue(unheard.resume(token, received).isPresent());
        unheard.cut();

        Socket heard = open();
        Greeting back = heard.resume(token, received).orElseThrow(() -> new AssertionError("the answer may be lost"));
        assertEquals(lost.greeting().peer(), back.peer());
        heard.join("resume-used-too");
        heard.cut();

        assertEquals(Optional.empty(), open().resume(token, received), "it is used");
        assertEquals(
                lost.greeting().peer(),
                open().resume(back.token(), received + heard.heard())
                        .orElseThrow()
                        .peer());
    }

    @Test
    default void whoComesBackTooLateIsSomebodyElse() throws Exception {
        Socket late = open();
        late.join("resume-late");
        late.cut();

        outlastTheGrace();

        assertEquals(Optional.empty(), open().resume(late.greeting().token(), late.heard()));
    }

    @Test
    default void ofTwoSocketsTheLaterOneIsThePeers() throws Exception {
        Socket speaker = open();
        Socket hanging = open();
        speaker.join("resume-two");
        hanging.join("resume-two");
        Socket next = open();

        Greeting back = next.resume(hanging.greeting().token(), hanging.heard()).orElseThrow();

        assertEquals(hanging.greeting().peer(), back.peer());
        assertEquals(4500, hanging.closeCode());
        speaker.say("resume-two", "1");
        assertEquals("1", next.hear());
    }
}
