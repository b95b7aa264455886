package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** What a client shows to be let in: T26, V30, V31. What a token is good for hangs on the host. */
final class Access {

    private static final String TOKEN = "signaling.token.conformance";

    private Access() {}

    static void t26SpeaksTheTutorialsFormat(Stage stage) throws IOException, InterruptedException {
        begin(stage, List.of("signaling.tutorial", TOKEN), "signaling.tutorial", false);
        begin(stage, List.of(TOKEN, "signaling.tutorial"), "signaling.tutorial", false);
        begin(stage, List.of(TOKEN), "", false);
    }

    static void v30AgreesToTheFormatAlone(Stage stage) throws IOException, InterruptedException {
        begin(stage, List.of(Stage.V1, TOKEN), Stage.V1, true);
        begin(stage, List.of(TOKEN, Stage.V1), Stage.V1, true);
    }

    private static void begin(Stage stage, List<String> asked, String agreed, boolean v1)
            throws IOException, InterruptedException {
        Link link;
        try {
            link = stage.target().connect(asked);
        } catch (Target.HandshakeException e) {
            throw refused(e.status() == 401 || e.status() == 403, asked, e.toString());
        }
        Peer peer = stage.add(link, v1);
        Violation.unless(
                link.subprotocol().equals(agreed),
                "asked for " + asked + ", agreed to: " + Heard.brief(link.subprotocol()));
        Heard first = peer.hear();
        if (first.isEnd()) {
            throw refused(first.toString().contains("authentication-refused"), asked, first.toString());
        }
        Violation.unless(
                first.toString().contains("connection-established"), "asked for " + asked + ", hears " + first);
        peer.nothingCame();
    }

    private static RuntimeException refused(boolean byTheHost, List<String> asked, String how) {
        return byTheHost
                ? new Untestable("the host looks for tokens there, and takes none of ours")
                : new Violation("asked for " + asked + ": " + how);
    }

    static void v31AnswersANewToken(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        peer.say("{'type':'refresh-token','token':'conformance','id':'7'}");
        JsonObject answer = Notation.parse(peer.next());
        String type = Notation.text(answer, "type");
        boolean isRefused = "error".equals(type) && "not-allowed".equals(Notation.text(answer, "code"));
        Violation.unless(isRefused || "token-refreshed".equals(type), "a new token is answered by " + answer);
        Violation.unless("7".equals(Notation.text(answer, "id")), "the id is not repeated: " + answer);
        peer.say("{'type':'ping','received':1}");
        Violation.unless(HostLimits.number(peer.expect("pong"), "received") == 1, "a refresh-token is not counted");
    }
}
