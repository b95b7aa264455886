package dev.signaling.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/** More messages than the limits allow: T17, V28. */
final class Floods {

    /** A host that lets more through at once has its reasons. */
    private static final int MOST = 10_000;

    /** Fewer than may come at once, so that their number is not what is too much. */
    private static final int MOST_LARGE = 300;

    private static final int UNDER_WAY = 100;
    private static final Duration SOON = Duration.ofMillis(300);

    private Floods() {}

    static void t17AnswersTheFirstTooMany(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.tutorial(stage.channel());
        flood(peer, false);
        for (int i = 0; i < UNDER_WAY; i++) {
            peer.send("no JSON");
        }
        Optional<Heard> more = peer.hear(SOON);
        while (more.isPresent()) { // one or another that the rate allows for may be answered
            Violation.unless(
                    !more.get().text().contains("rate-limited"), "those that follow at once are answered, too");
            more = peer.hear(SOON);
        }
    }

    static void t17ClosesWhoGoesOn(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.tutorial(stage.channel());
        int sent = flood(peer, false);
        requireEnd(peer, "no JSON", MOST, sent);
    }

    private static void requireEnd(Peer peer, String text, int most, int sent) throws InterruptedException {
        try {
            for (int i = 0; i < most; i++) {
                peer.send(text);
            }
        } catch (IOException e) {
            // it was closed before all of it had left
        }
        Optional<Heard> end = peer.ending(Duration.ofSeconds(2));
        if (end.isEmpty()) {
            throw new Untestable(
                    "not closed after " + most + " more than " + sent + "; the host's limit may be higher");
        }
        int code = end.get().code(); // what is left unread resets TCP, and may take the close frame with it
        Violation.unless(code == 1008 || code == Heard.NO_FRAME, "not closed with 1008: " + end.get());
    }

    /** Few messages, as large as they may be. The way there has to be faster than the limit, or nothing is ever too much. */
    static void t17CountsCharacters(Stage stage) throws IOException, InterruptedException {
        String large = "x".repeat(HostLimits.known(stage.limits().messageCharacters(), "messageCharacters"));
        Peer peer = stage.tutorial(stage.channel());
        int sent = flood(peer, MOST_LARGE, number -> large, false);
        requireEnd(peer, large, MOST_LARGE, sent);
    }

    static void v28AnswersOnlyTheFirstAndCountsAll(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.v1(channel);
        int sent = 1 + flood(peer, true);
        JsonObject answer = JsonValue.EMPTY_JSON_OBJECT;
        while (!"calm"
                .equals(Notation.text(answer, "id"))) { // a ping may itself be refused, until the rate allows for one
            peer.say("{'type':'ping','id':'calm'}");
            Optional<Heard> heard = peer.hear(SOON);
            while (heard.isPresent() && !"calm".equals(Notation.text(answer, "id"))) {
                answer = Notation.parse(heard.get().text());
                Violation.unless(
                        !"rate-limited".equals(Notation.text(answer, "code")),
                        "those that follow at once are answered, too");
                heard = peer.hear(Duration.ZERO);
            }
        }
        Violation.unless(
                HostLimits.number(answer, "received") >= sent,
                "of " + sent + " messages not all are counted: " + answer);
    }

    private static int flood(Peer peer, boolean v1) throws IOException, InterruptedException {
        return flood(peer, MOST, number -> v1 ? Notation.quoted("{'type':'offer','id':'%s'}", number) : "no JSON", v1);
    }

    /** Sends until one is refused, and gives how many went out. Few are under way, so that no more than these come after it. */
    private static int flood(Peer peer, int most, IntFunction<String> text, boolean v1)
            throws IOException, InterruptedException {
        int answered = 0;
        for (int sent = 1; sent <= most; sent++) {
            peer.send(text.apply(sent));
            Optional<Heard> heard = peer.hear(Duration.ZERO);
            while (heard.isPresent() || sent - answered >= UNDER_WAY) {
                Heard answer = heard.isPresent() ? heard.get() : peer.hear();
                Violation.unless(!answer.isEnd(), "nothing was answered with rate-limited before the end: " + answer);
                answered++;
                JsonObject error = Notation.parse(answer.text());
                if ("rate-limited".equals(Notation.text(error, "code"))) {
                    Violation.unless(!v1 || Notation.isString(error, "id"), "without the id: " + error);
                    return sent;
                }
                heard = peer.hear(Duration.ZERO);
            }
        }
        throw new Untestable("none of " + most + " messages at once was refused; the host's limit may be higher");
    }
}
