package dev.signaling.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A client of either format. It expects, and what it hears instead is a {@link Violation}. Used by one thread. */
final class Peer implements AutoCloseable {

    /** What does not count (V19). */
    private static final Set<String> UNCOUNTED = Set.of("connection-established", "pong", "ice-servers", "going-away");

    private final Link link;
    private final Duration patience;
    private final boolean v1;
    private JsonObject greeting = JsonValue.EMPTY_JSON_OBJECT;
    private int received;
    private int probes;
    private Optional<JsonObject> pushed = Optional.empty();

    Peer(Link link, boolean v1, Duration patience) {
        this.link = link;
        this.v1 = v1;
        this.patience = patience;
    }

    /** Hears the first message. */
    Peer greeted() throws InterruptedException {
        greeting = expect("connection-established");
        return this;
    }

    /** Goes on as who it was on another connection, on which so many messages had come. */
    void continueAs(JsonObject granted, int before) {
        greeting = granted;
        received = before;
    }

    JsonObject greeting() {
        return greeting;
    }

    /** Its own id (V2). */
    String id() {
        return greeting.getString("peer", "");
    }

    /** The token by which it comes back (V20). */
    String token() {
        return greeting.getString("resume", "");
    }

    /** How many messages have come that count (V19). */
    int received() {
        return received;
    }

    Link link() {
        return link;
    }

    /** Sends a text as it is. */
    void send(String text) throws IOException, InterruptedException {
        link.send(text);
    }

    /** Sends JSON that is written with single quotes, and with these in place of {@code %s}. */
    void say(String json, Object... values) throws IOException, InterruptedException {
        send(Notation.quoted(json, values));
    }

    /** What comes next, be it a text or the end. */
    Heard hear() throws InterruptedException {
        Heard heard =
                hear(patience).orElseThrow(() -> new Violation("nothing came within " + patience.toMillis() + " ms"));
        return heard;
    }

    /** What comes next, be it a text or the end. ICE servers that are told unasked come whenever it is time: passed over. */
    Optional<Heard> hear(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        Optional<Heard> heard = link.inbox().take(wait);
        while (v1 && heard.isPresent() && arePushed(heard.get())) {
            heard = link.inbox().take(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        if (v1
                && heard.isPresent()
                && !heard.get().isEnd()
                && !UNCOUNTED.contains(Notation.type(heard.get().text()))) {
            received++;
        }
        return heard;
    }

    private boolean arePushed(Heard heard) {
        boolean arePushed = !heard.isEnd()
                && heard.text().contains("\"ice-servers\"") // most texts need not be read for that
                && Notation.type(heard.text()).equals("ice-servers")
                && !Notation.parse(heard.text()).containsKey("id");
        if (arePushed) {
            pushed = Optional.of(Notation.parse(heard.text()));
        }
        return arePushed;
    }

    /** The ICE servers that it was told unasked last, in place of which there are none from now on. */
    Optional<JsonObject> takePushed() {
        Optional<JsonObject> last = pushed;
        pushed = Optional.empty();
        return last;
    }

    /** The next text. */
    String next() throws InterruptedException {
        Heard heard = hear();
        Violation.unless(!heard.isEnd(), "no text came but " + heard);
        return heard.text();
    }

    /** The next text, which is of that type. */
    JsonObject expect(String type) throws InterruptedException {
        Heard heard;
        try {
            heard = hear();
        } catch (Violation e) {
            throw new Violation("no " + type + ": " + e.getMessage());
        }
        JsonObject message = heard.isEnd() ? JsonValue.EMPTY_JSON_OBJECT : Notation.parse(heard.text());
        Violation.unless(type.equals(Notation.text(message, "type")), "no " + type + " but " + heard);
        return message;
    }

    /** The next text, which is an error of that code. */
    JsonObject expectError(String code) throws InterruptedException {
        JsonObject error = expect("error");
        Violation.unless(code.equals(Notation.text(error, "code")), "no error " + code + " but " + error);
        Violation.unless(Notation.isString(error, "detail"), "an error without a detail: " + error);
        return error;
    }

    /** The same, with an {@code id} repeated. */
    void expectError(String code, String id) throws InterruptedException {
        JsonObject error = expectError(code);
        Violation.unless(id.equals(Notation.text(error, "id")), "the id " + id + " is not repeated: " + error);
    }

    /** The next text, which is that very one. */
    void expectText(String text) throws InterruptedException {
        String heard = next();
        Violation.unless(
                heard.equals(text), "not the text that was sent, " + Heard.brief(text) + ", but " + Heard.brief(heard));
    }

    /** The end, whatever is said before. */
    Heard ending() throws InterruptedException {
        return ending(patience).orElseThrow(() -> new Violation("not closed"));
    }

    Optional<Heard> ending(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            Optional<Heard> heard = hear(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (heard.isEmpty() || heard.get().isEnd()) {
                return heard;
            }
        }
    }

    /** The end, with that close code. */
    void expectClose(int code) throws InterruptedException {
        Heard end = ending();
        Violation.unless(end.code() == code, "not closed with " + code + ": " + end);
    }

    /** Proves that nothing has come meanwhile: the next thing heard is the answer to a question asked now. */
    void nothingCame() throws IOException, InterruptedException {
        String id = "probe-" + ++probes;
        String heard;
        if (v1) {
            say("{'type':'ping','id':'%s'}", id);
            heard = next();
            Violation.unless(
                    "pong".equals(Notation.type(heard)) && id.equals(Notation.text(Notation.parse(heard), "id")),
                    "something came that should not: " + Heard.brief(heard));
        } else {
            say("{'note':'%s'}", id);
            heard = next();
            Violation.unless(
                    "unknown-type".equals(Notation.text(Notation.parse(heard), "code")),
                    "something came that should not: " + Heard.brief(heard));
        }
    }

    /** Asks to be a member of that channel. */
    void askToJoin(String channel) throws IOException, InterruptedException {
        say("{'type':'join-channel','channel':%s}", Notation.json(channel));
    }

    /** Becomes a member of that channel. */
    JsonObject join(String channel) throws IOException, InterruptedException {
        askToJoin(channel);
        String answer = next();
        if ("not-allowed".equals(Notation.text(Notation.parse(answer), "code"))) {
            throw new Untestable("the host's policy lets this client join no channel: " + Heard.brief(answer));
        }
        JsonObject joined = Notation.parse(answer);
        Violation.unless(
                "joined-channel".equals(Notation.text(joined, "type"))
                        && channel.equals(Notation.text(joined, "channel")),
                "no joined-channel but " + Heard.brief(answer));
        return joined;
    }

    /** Signals that value to everybody else in the channel (V13). */
    void signal(String channel, String data) throws IOException, InterruptedException {
        say("{'type':'signal','channel':%s,'data':%s}", Notation.json(channel), data);
    }

    /** The next text, which is that signal. */
    void expectSignal(String from, String data) throws InterruptedException {
        String heard = next();
        JsonObject signal = Notation.parse(heard);
        Violation.unless(
                "signal".equals(Notation.text(signal, "type"))
                        && from.equals(Notation.text(signal, "from"))
                        && heard.contains(data),
                "no signal of " + from + " with " + Heard.brief(data) + " but " + Heard.brief(heard));
    }

    /** The next text, which tells of a new member. */
    void expectJoined(String peer) throws InterruptedException {
        JsonObject joined = expect("peer-joined");
        Violation.unless(peer.equals(Notation.text(joined, "peer")), "not of " + peer + ": " + joined);
    }

    /** The next text, which tells that a member is gone. */
    void expectLeft(String peer, String reason) throws InterruptedException {
        JsonObject left = expect("peer-left");
        Violation.unless(
                peer.equals(Notation.text(left, "peer")) && reason.equals(Notation.text(left, "reason")),
                "no peer-left of " + peer + ", " + reason + ", but " + left);
    }

    /** Ends the connection by a close frame, as a page does that is left. */
    void leave() throws IOException, InterruptedException {
        link.close(1000);
    }

    /** Loses the connection: no close frame. */
    void cut() {
        link.cut();
    }

    @Override
    public void close() {
        link.cut();
    }
}
