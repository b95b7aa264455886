package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clients that say nothing, or vanish: T19, T22, V12, V21. These wait out the server's deadlines. */
final class Silence {

    private static final int DROPPED = 10;
    private static final Duration QUIET = Duration.ofSeconds(1);

    private Silence() {}

    private static Duration afterPongDeadline(Stage stage) {
        return stage.settings().pongDeadline().plus(slack(stage));
    }

    /** Servers look at their clocks now and then. */
    private static Duration slack(Stage stage) {
        return stage.patience().plusSeconds(2);
    }

    static void t19ClosesWhoJoinsNothing(Stage stage) throws IOException, InterruptedException {
        Peer idle = stage.tutorial();
        Duration deadline = stage.settings().joinDeadline();
        Heard end = idle.ending(deadline.plus(slack(stage)))
                .orElseThrow(() -> new Violation("still open long after " + deadline.toSeconds()
                        + " s; if the host set another time, say so (--join-deadline)"));
        Violation.unless(end.code() == 1008, "not closed with 1008: " + end);
    }

    static void t22EndsWhoFellSilent(Stage stage) throws IOException, InterruptedException {
        Peer silent = stage.socket(false);
        Stage.socketOf(silent).ignorePings();
        silent.join(stage.channel());
        Heard end = silent.ending(afterPongDeadline(stage)).orElseThrow(() -> stillThere(stage));
        Violation.unless(end.code() == 1001 || end.code() == Heard.NO_FRAME, "not closed with 1001: " + end);
        Violation.unless(Stage.socketOf(silent).pings() > 0, "it was never asked by a ping whether it is there");
    }

    private static Violation stillThere(Stage stage) {
        return new Violation(
                "still there long after " + stage.settings().pongDeadline().toSeconds()
                        + " s; if the host set another time, say so (--pong-deadline)");
    }

    static void t22KeepsWhoAnswersPings(Stage stage) throws IOException, InterruptedException {
        Peer quiet = stage.tutorial(stage.channel());
        Optional<Heard> heard = quiet.hear(afterPongDeadline(stage));
        Violation.unless(
                heard.isEmpty(),
                "one that answers every ping hears "
                        + heard.map(Heard::toString).orElse(""));
        quiet.nothingCame();
    }

    static void t22NoticesWhoVanished(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer observer = stage.v1(channel);
        for (int i = 0; i < DROPPED; i++) {
            Peer dropped = stage.socket(false);
            dropped.askToJoin(channel);
            if (i % 2 == 0) {
                dropped.expect("joined-channel");
            }
            Stage.socketOf(dropped).reset(); // every other one while its join is under way, which may be lost with it
        }
        requireAllGone(
                observer, DROPPED / 2, afterPongDeadline(stage), List.of("disconnected", "timed-out", "removed"));
    }

    static void v12TellsOfLostPeersInTime(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer observer = stage.v1(channel);
        Peer silent = stage.socket(true);
        silent.join(channel);
        Stage.socketOf(silent).ignorePings();
        for (int i = 0; i < DROPPED; i++) {
            Peer dropped = stage.socket(true);
            dropped.join(channel);
            Stage.socketOf(dropped).reset();
        }
        Duration longest = afterPongDeadline(stage).plus(grace(observer));
        requireAllGone(observer, DROPPED + 1, longest, List.of("timed-out"));
    }

    private static Duration grace(Peer peer) {
        return Duration.ofMillis(HostLimits.number(peer.greeting(), "grace"));
    }

    /** Hears who comes, until so many at least have come, all who came are gone for one of these reasons, and it is quiet. */
    private static void requireAllGone(Peer observer, int least, Duration longest, List<String> reasons)
            throws InterruptedException {
        Map<String, Boolean> gone = new HashMap<>();
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            boolean done = gone.size() >= least && !gone.containsValue(false);
            Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Optional<Heard> heard = observer.hear(done ? QUIET : rest);
            if (heard.isEmpty()) {
                break;
            }
            Violation.unless(!heard.get().isEnd(), "the observer's connection ended: " + heard.get());
            JsonObject event = Notation.parse(heard.get().text());
            boolean left = "peer-left".equals(Notation.text(event, "type"));
            Violation.unless(
                    !left || reasons.contains(Notation.text(event, "reason")),
                    "not for " + reasons.get(0) + ": " + event);
            gone.put(Notation.text(event, "peer"), left);
        }
        long stay = gone.values().stream().filter(left -> !left).count();
        Violation.unless(
                gone.size() >= least && stay == 0,
                stay + " of " + gone.size() + " clients that vanished are members still after " + longest.toSeconds()
                        + " s");
    }

    static void v21WaitsForTheGracePeriod(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer observer = stage.v1(channel);
        Peer lost = stage.v1(channel, observer);
        Duration grace = grace(observer);
        lost.cut();
        Optional<Heard> early = observer.hear(grace.minus(grace.dividedBy(10)));
        Violation.unless(
                early.isEmpty(),
                "within the " + grace.toMillis() + " ms the others hear "
                        + early.map(Heard::toString).orElse(""));
        Optional<Heard> told = observer.hear(afterPongDeadline(stage));
        Violation.unless(
                told.map(Heard::toString).orElse("").contains("timed-out"),
                "no peer-left, timed-out, after the grace but "
                        + told.map(Heard::toString).orElse("nothing"));
        Peer back = stage.v1();
        Returner.show(back, lost.token(), lost.received());
        back.expectError("resume-failed", "back");
    }
}
