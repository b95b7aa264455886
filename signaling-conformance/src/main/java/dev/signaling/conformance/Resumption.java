package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Optional;

/** Coming back after a lost connection: V21, V22, V24, V25. */
final class Resumption {

    private static final int SIGNALS = 40;
    private static final int LARGE = 50_000;
    private static final int OVERFLOW = 1_500_000;

    private Resumption() {}

    static void v21EndsAPeerThatSaysGoodbye(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        for (int code : new int[] {1000, 1001, 3000, 4999}) {
            Peer leaver = stage.socket(true);
            leaver.join(channel);
            other.expectJoined(leaver.id());
            leaver.link().close(code);
            other.expectLeft(leaver.id(), "disconnected");
            Peer back = stage.v1();
            Returner.show(back, leaver.token(), leaver.received());
            back.expectError("resume-failed", "back");
        }
    }

    static void v21KeepsALostPeersPlace(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Peer lost = stage.v1(channel, other);
        lost.cut();
        Optional<Heard> told = other.hear(stage.patience().dividedBy(5));
        Violation.unless(
                told.isEmpty(),
                "the others are told at once: " + told.map(Heard::toString).orElse(""));
        Peer newcomer = stage.v1();
        Violation.unless(
                newcomer.join(channel).toString().contains('"' + lost.id() + '"'),
                "a new member does not see it there");
    }

    static void v22LosesNothingWhileItIsAway(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Returner returner = new Returner(stage);
        returner.join(channel);
        other.expectJoined(returner.peer().id());
        int heard = 0;
        for (int cutAfter : new int[] {0, 1, SIGNALS / 2, SIGNALS}) {
            for (int i = 0; i < SIGNALS; i++) {
                other.signal(channel, "" + (heard + i));
            }
            for (int i = 0; i < cutAfter; i++) {
                returner.peer().expectSignal(other.id(), ":" + heard++ + "}");
            }
            returner.peer().cut();
            returner.comeBack();
            for (int i = cutAfter; i < SIGNALS; i++) {
                returner.peer().expectSignal(other.id(), ":" + heard++ + "}");
            }
            returner.peer().nothingCame();
        }
        other.nothingCame();
    }

    static void v22GetsEverythingOnce(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Returner returner = new Returner(stage);
        returner.join(channel);
        String id = returner.peer().id();
        other.expectJoined(id);
        int next = 0;
        for (int cutAt : new int[] {0, 1, SIGNALS / 2, SIGNALS}) {
            for (int i = 0; i < SIGNALS; i++) {
                if (i == cutAt) {
                    returner.peer().cut();
                }
                returner.signal(channel, "" + next++);
            }
            returner.peer().cut();
            returner.comeBack();
        }
        for (int i = 0; i < next; i++) {
            other.expectSignal(id, ":" + i + "}");
        }
        other.nothingCame();
    }

    static void v22MayBeTriedAgain(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Returner returner = new Returner(stage);
        returner.join(channel);
        other.expectJoined(returner.peer().id());
        returner.peer().cut();
        other.signal(channel, "\"one\"");
        returner.comeHalfWayBack();
        other.signal(channel, "\"two\"");
        returner.comeBack();
        returner.peer().expectSignal(other.id(), "\"one\"");
        returner.peer().expectSignal(other.id(), "\"two\"");
        returner.peer().nothingCame();
        other.nothingCame();
    }

    static void v24SaysWhenTooMuchWasToBeKept(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Peer lost = stage.v1(channel, other);
        int characters =
                Math.min(LARGE, HostLimits.known(stage.limits().messageCharacters(), "messageCharacters") - 200);
        if (characters < LARGE / 10) {
            throw new Untestable("messages are too small to send more than is kept: " + characters + " characters");
        }
        lost.cut();
        String large = '"' + "x".repeat(characters) + '"';
        int sent = OVERFLOW / characters + 1;
        for (int i = 0; i < sent; i++) {
            other.signal(channel, large);
        }
        other.say("{'type':'ping'}");
        other.expect("pong"); // so all of it has come to the server
        Peer back = stage.v1();
        Returner.show(back, lost.token(), lost.received());
        JsonObject answer = back.expect("connection-established");
        if (answer.getBoolean("resumed", false)) {
            for (int i = 0; i < sent; i++) {
                back.expectSignal(other.id(), large);
            }
            throw new Untestable("the host keeps more than " + sent + " messages of " + characters + " characters");
        }
        Violation.unless("overflow".equals(Notation.text(answer, "reason")), "without the reason overflow: " + answer);
        Violation.unless(
                back.id().equals(Notation.text(answer, "peer")) && back.token().equals(Notation.text(answer, "resume")),
                "not as who it was on this connection: " + answer);
        other.expectLeft(lost.id(), "disconnected");
        back.nothingCame();
    }

    static void v25LetsTheLaterConnectionWin(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer other = stage.v1(channel);
        Peer first = stage.v1(channel, other);
        Peer second = stage.v1();
        Returner.show(second, first.token(), first.received());
        Returner.requireResumed(second.expect("connection-established"), first);
        first.expectClose(4500);
        other.nothingCame();
        other.signal(channel, "1");
        second.expectSignal(other.id(), "1");
    }

    static void v25RefusesTheEarlierOneThatComesLate(Stage stage) throws IOException, InterruptedException {
        Peer lost = stage.v1(stage.channel());
        lost.cut();
        Peer earlier = stage.v1();
        Peer later = stage.v1();
        Returner.show(later, lost.token(), lost.received());
        Returner.requireResumed(later.expect("connection-established"), lost);
        Returner.show(earlier, lost.token(), lost.received());
        earlier.expectError("resume-failed", "back");
        earlier.nothingCame();
        later.nothingCame();
    }
}
