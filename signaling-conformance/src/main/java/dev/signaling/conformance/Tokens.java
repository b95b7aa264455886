package dev.signaling.conformance;

import java.io.IOException;

/** Which tokens open the way back: V23. */
final class Tokens {

    private Tokens() {}

    private static void refuse(Peer peer, String token, int received) throws IOException, InterruptedException {
        Returner.show(peer, token, received);
        peer.expectError("resume-failed", "back");
        peer.nothingCame();
    }

    static void v23RefusesAWrongToken(Stage stage) throws IOException, InterruptedException {
        Peer lost = stage.v1(stage.channel());
        lost.cut();
        Peer guesser = stage.v1();
        refuse(guesser, "found-somewhere", 0);
        String token = lost.token();
        char other = token.charAt(token.length() - 1) == 'x' ? 'y' : 'x';
        refuse(stage.v1(), token.substring(0, token.length() - 1) + other, lost.received());
        Peer own = stage.v1();
        refuse(own, own.token(), 0);
    }

    static void v23RefusesAUsedToken(Stage stage) throws IOException, InterruptedException {
        Peer lost = stage.v1(stage.channel());
        lost.cut();
        Peer back = stage.v1();
        Returner.show(back, lost.token(), lost.received());
        Returner.requireResumed(back.expect("connection-established"), lost);
        back.nothingCame(); // a message on the connection that was given the successor
        refuse(stage.v1(), lost.token(), lost.received());
        back.nothingCame();
    }

    static void v23RefusesCountsThatDoNotFit(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer lost = stage.v1(channel);
        Peer other = stage.v1(channel, lost);
        other.signal(channel, "1");
        lost.expectSignal(other.id(), "1");
        lost.say("{'type':'ping','received':2}");
        lost.expect("pong");
        lost.cut();
        refuse(stage.v1(), lost.token(), lost.received() + 1);
        refuse(stage.v1(), lost.token(), 1);
        Peer back = stage.v1();
        Returner.show(back, lost.token(), lost.received());
        Returner.requireResumed(back.expect("connection-established"), lost); // it is none the worse
        other.nothingCame();
    }

    static void v23RefusesWhatIsNotTheFirstMessage(Stage stage) throws IOException, InterruptedException {
        Peer lost = stage.v1(stage.channel());
        lost.cut();
        Peer late = stage.v1(stage.channel());
        refuse(late, lost.token(), lost.received());
        Peer back = stage.v1();
        Returner.show(back, lost.token(), lost.received());
        Returner.requireResumed(back.expect("connection-established"), lost);
    }
}
