package dev.signaling.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** By which servers pages find each other across networks: T28, V33 to V35. A host need not have any. */
final class IceTold {

    private static final String NONE = "the host has no ICE servers";
    private static final String BELOW = "/ice-servers";
    private static final Optional<String> FOREIGN = Optional.of("https://foreign.example");
    private static final Pattern STUN = Pattern.compile("stuns?:[^/?#@]+");
    private static final Pattern TURN = Pattern.compile("turns?:[^/?#@]+(\\?transport=(udp|tcp))?");

    /** Who waits longer for fresh ones than that would wait for nothing else. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private IceTold() {}

    // ---- over plain HTTP

    static void t28TellsWhoMayConnect(Stage stage) throws IOException, InterruptedException {
        HttpResponse<String> answer = told(stage);
        Violation.unless(
                header(answer, "Cache-Control").contains("no-store"),
                "may be kept by caches: " + header(answer, "Cache-Control"));
        Violation.unless(
                header(answer, "Content-Type").startsWith("application/json"),
                "is no JSON but " + header(answer, "Content-Type"));
        requireServers(Notation.parse(answer.body()));
    }

    static void t28TellsNoForeignPage(Stage stage) throws IOException, InterruptedException {
        told(stage);
        HttpResponse<String> answer = stage.target().ask("GET", FOREIGN, BELOW);
        Violation.unless(
                answer.statusCode() == 403,
                "a page of " + FOREIGN.orElseThrow() + " is answered with " + answer.statusCode());
    }

    static void t28TakesNoOtherMethod(Stage stage) throws IOException, InterruptedException {
        told(stage);
        int status =
                stage.target().ask("DELETE", stage.settings().origin(), BELOW).statusCode();
        Violation.unless(status == 405 || status == 403, "DELETE is answered with " + status);
    }

    private static HttpResponse<String> told(Stage stage) throws IOException, InterruptedException {
        HttpResponse<String> answer = stage.target().ask("GET", stage.settings().origin(), BELOW);
        int status = answer.statusCode();
        if (status == 401 || status == 403 || status == 404 || status == 429) {
            throw new Untestable("the host tells no ICE servers over HTTP, or not to us: " + status);
        }
        Violation.unless(status == 200, "GET " + BELOW + " is answered with " + status);
        return answer;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    // ---- signaling.v1

    static void v33TellsThemFirst(Stage stage) throws IOException, InterruptedException {
        JsonObject greeting = stage.v1().greeting();
        if (!greeting.containsKey("iceServers")) {
            Violation.unless(!greeting.containsKey("ttl"), "a ttl of nothing: " + greeting);
            throw new Untestable(NONE);
        }
        requireServers(greeting);
    }

    static void v34TellsWhoAsks(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        JsonObject answer = ask(peer, "7");
        if ("error".equals(Notation.text(answer, "type"))) {
            Violation.unless(
                    "ice-servers-unavailable".equals(Notation.text(answer, "code")), "a wrong code: " + answer);
        } else {
            requireServers(answer);
            boolean hasNone = answer.getJsonArray("iceServers").isEmpty();
            Violation.unless(
                    hasNone || peer.greeting().containsKey("iceServers"),
                    "the first message has none, and the answer has some");
        }
        Violation.unless("7".equals(Notation.text(answer, "id")), "the id is not repeated");
        peer.nothingCame();
    }

    static void v35CountsNeitherSide(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        if ("error".equals(Notation.text(ask(peer, "7"), "type"))) {
            throw new Untestable("the host cannot have its ICE servers");
        }
        ask(peer, "8");
        peer.say("{'type':'ping','received':0}");
        int received = HostLimits.number(peer.expect("pong"), "received");
        Violation.unless(received == 0, "get-ice-servers is counted: " + received);
        peer.say("{'type':'ping','received':1}");
        peer.expectError("invalid-field"); // ice-servers would be one, if they were counted
    }

    static void v35TellsFreshOnesToWhoComesBack(Stage stage) throws IOException, InterruptedException {
        Peer lost = stage.v1(stage.channel());
        if (!lost.greeting().containsKey("iceServers")) {
            throw new Untestable(NONE);
        }
        lost.say("{'type':'get-ice-servers','id':'7'}"); // whose answer may be lost with the connection
        lost.cut();
        Peer back = stage.v1();
        requireServers(back.greeting());
        Returner.show(back, lost.token(), lost.received());
        JsonObject answer = back.expect("connection-established");
        Returner.requireResumed(answer, lost);
        requireServers(answer);
        back.nothingCame();
    }

    static void v35TellsFreshOnesInTime(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1(stage.channel());
        int ttl = HostLimits.number(peer.greeting(), "ttl");
        if (ttl == 0) {
            throw new Untestable(peer.greeting().containsKey("iceServers") ? "they hold for good" : NONE);
        }
        Duration half = Duration.ofMillis(500L * ttl);
        if (half.compareTo(LONGEST_WAIT) > 0) {
            throw new Untestable("fresh ones come after " + half.toSeconds() + " s only");
        }
        Optional<Heard> other =
                peer.hear(half.plus(stage.patience()).plusSeconds(2)); // servers look at clocks now and then
        Violation.unless(other.isEmpty(), "something else comes: " + other);
        JsonObject fresh = peer.takePushed()
                .orElseThrow(() -> new Violation("no fresh ones come when half of " + ttl + " s is over"));
        requireServers(fresh);
        peer.nothingCame();
    }

    private static JsonObject ask(Peer peer, String id) throws IOException, InterruptedException {
        peer.say("{'type':'get-ice-servers','id':'%s'}", id);
        JsonObject answer = Notation.parse(peer.next());
        String type = Notation.text(answer, "type");
        Violation.unless(
                "ice-servers".equals(type) || "error".equals(type), "get-ice-servers is answered by " + answer);
        return answer;
    }

    // ---- their shape; no credential is in what is said of them

    private static void requireServers(JsonObject told) {
        JsonValue servers = told.get("iceServers");
        Violation.unless(servers instanceof JsonArray, "iceServers is no array");
        for (JsonValue server : told.getJsonArray("iceServers")) {
            Violation.unless(server instanceof JsonObject, "an ICE server is no object");
            requireServer((JsonObject) server);
        }
        if (told.containsKey("ttl")) {
            Violation.unless(HostLimits.number(told, "ttl") > 0, "ttl is no positive number: " + told.get("ttl"));
            Violation.unless(!told.getJsonArray("iceServers").isEmpty(), "a ttl of nothing");
        }
    }

    private static void requireServer(JsonObject server) {
        JsonArray urls = server.get("urls") instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
        Violation.unless(!urls.isEmpty(), "an ICE server without an array of urls");
        boolean isTurn = Notation.isString(server, "username") && Notation.isString(server, "credential");
        Violation.unless(
                isTurn || !(server.containsKey("username") || server.containsKey("credential")),
                "half a credential for " + urls);
        for (JsonValue url : urls) {
            Pattern form = isTurn ? TURN : STUN;
            Violation.unless(
                    url instanceof JsonString text
                            && form.matcher(text.getString()).matches(),
                    "no URL of " + (isTurn ? "TURN" : "STUN, which alone needs no credential") + ": " + url);
        }
    }
}
