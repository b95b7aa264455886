package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client of signaling.v1 that loses its connection and comes back, as V18 to V26 tell it to. */
final class Returner {

    private final Stage stage;
    private final List<String> sent = new ArrayList<>();
    private Peer peer;

    Returner(Stage stage) throws IOException, InterruptedException {
        this.stage = stage;
        this.peer = stage.v1();
    }

    /** Who it is on its present connection. */
    Peer peer() {
        return peer;
    }

    /** Becomes a member. */
    void join(String channel) throws IOException, InterruptedException {
        sent.add("");
        peer.join(channel);
    }

    /** Sends a signal, or what would be one if there still were a connection. */
    void signal(String channel, String data) throws InterruptedException {
        String text = Notation.quoted("{'type':'signal','channel':%s,'data':%s}", Notation.json(channel), data);
        sent.add(text);
        try {
            peer.send(text);
        } catch (IOException e) {
            // it is sent again when it has come back
        }
    }

    /** Opens another connection, shows the token there, and vanishes before it has read the answer. */
    void comeHalfWayBack() throws IOException, InterruptedException {
        Peer halfWay = stage.v1();
        show(halfWay, peer.token(), peer.received());
        halfWay.cut();
    }

    /** Comes back by another connection, and sends there what the server has not received. */
    void comeBack() throws IOException, InterruptedException {
        Peer next = stage.v1();
        show(next, peer.token(), peer.received());
        JsonObject answer = next.expect("connection-established");
        requireResumed(answer, peer);
        int arrived = HostLimits.number(answer, "received");
        Violation.unless(
                arrived <= sent.size(), "it has received " + arrived + " of " + sent.size() + " messages: " + answer);
        next.continueAs(answer, peer.received());
        peer = next;
        for (String text : sent.subList(arrived, sent.size())) {
            Violation.unless(!text.isEmpty(), "a join that was answered has not been received");
            peer.send(text);
        }
    }

    static void show(Peer peer, String token, int received) throws IOException, InterruptedException {
        peer.say("{'type':'resume','token':%s,'received':%s,'id':'back'}", Notation.json(token), received);
    }

    static void requireResumed(JsonObject answer, Peer before) {
        Violation.unless(answer.getBoolean("resumed", false), "it may not come back: " + answer);
        Violation.unless(before.id().equals(Notation.text(answer, "peer")), "not as " + before.id() + ": " + answer);
        Violation.unless("back".equals(Notation.text(answer, "id")), "the id is not repeated: " + answer);
        Violation.unless(
                !Notation.text(answer, "resume").isEmpty() && !before.token().equals(Notation.text(answer, "resume")),
                "without a new token: " + answer);
    }
}
