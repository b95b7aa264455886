package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;

/** Who has got how many messages: V18 to V20, V26. */
final class Counting {

    private static final int SIGNALS = 5;

    private Counting() {}

    static void v18AnswersAPing(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        requireReceived(0, peer);
        peer.join(stage.channel());
        requireReceived(1, peer);
        peer.say("{'type':'ping','received':1,'id':'7'}");
        JsonObject pong = peer.expect("pong");
        Violation.unless("7".equals(Notation.text(pong, "id")), "the id is not repeated: " + pong);
    }

    static void v18RefusesMoreThanWasSent(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        peer.say("{'type':'ping','received':1,'id':'7'}");
        peer.expectError("invalid-field", "7");
        peer.say("{'type':'ping','received':1}"); // that error was one
        peer.expect("pong");
    }

    private static void requireReceived(int count, Peer peer) throws IOException, InterruptedException {
        peer.say("{'type':'ping'}");
        JsonObject pong = peer.expect("pong");
        Violation.unless(
                pong.containsKey("received") && HostLimits.number(pong, "received") == count,
                "it has received " + count + " and says " + pong);
    }

    static void v19CountsWhatItRefusesToo(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        peer.send("hello");
        peer.expectError("malformed-message");
        peer.send("[]");
        peer.expectError("malformed-message");
        peer.say("{'type':'offer'}");
        peer.expectError("unknown-type");
        peer.say("{'type':'ping','id':9}"); // not well-formed
        peer.expectError("invalid-field");
        peer.join(stage.channel());
        peer.say("{'type':'ping','received':5}");
        JsonObject pong = peer.expect("pong");
        Violation.unless(HostLimits.number(pong, "received") == 5, "it has received 5 and says " + pong);
    }

    static void v19LeavesOutWhatDoesNotCount(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        for (int i = 0; i < SIGNALS; i++) {
            requireReceived(0, peer);
        }
        peer.say("{'type':'ping','received':1}"); // nothing but pongs has come
        peer.expectError("invalid-field");
    }

    static void v20KeepsWhatIsNotConfirmed(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer lost = stage.v1(channel);
        Peer other = stage.v1(channel, lost);
        int confirmed = lost.received();
        for (int i = 0; i < SIGNALS; i++) {
            other.signal(channel, "" + i);
            lost.expectSignal(other.id(), ":" + i + "}");
        }
        lost.cut();
        Peer back = stage.v1();
        Returner.show(back, lost.token(), confirmed);
        Returner.requireResumed(back.expect("connection-established"), lost);
        for (int i = 0; i < SIGNALS; i++) {
            back.expectSignal(other.id(), ":" + i + "}");
        }
        back.nothingCame();
    }

    static void v26BeginsAnewAfterAFailure(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Peer peer = stage.v1();
        Returner.show(peer, "found-somewhere", 0);
        peer.expectError("resume-failed", "back");
        peer.join(channel);
        other.expectJoined(peer.id());
        peer.say("{'type':'ping','received':2}");
        JsonObject pong = peer.expect("pong");
        Violation.unless(HostLimits.number(pong, "received") == 1, "it has received 1 since and says " + pong);
    }
}
