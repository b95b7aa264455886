package dev.signaling.conformance;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a connection begins: T1, T24, T25, V1, V2. */
final class Opening {

    private static final String FOREIGN = "https://foreign.example";
    private static final int NEWCOMERS = 20;

    private Opening() {}

    static void t1GreetsFirst(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.tutorial();
        peer.nothingCame();
        Peer hasty = stage.add(stage.target().connect(List.of()), false);
        hasty.askToJoin(stage.channel());
        hasty.expect("connection-established");
        hasty.expect("joined-channel");
    }

    static void t1GreetsWhileOthersAreHalfWay(Stage stage) throws IOException, InterruptedException {
        for (int i = 0; i < NEWCOMERS; i++) {
            SocketLink halfWay = stage.target().tcp();
            stage.add(halfWay, false);
            String request = stage.target().request("");
            halfWay.write(request.substring(0, request.length() / 2).getBytes(StandardCharsets.UTF_8));
        }
        stage.tutorial().nothingCame();
    }

    static void t24LetsNoForeignPageIn(Stage stage) throws IOException, InterruptedException {
        for (List<String> subprotocols : List.of(List.<String>of(), List.of(Stage.V1))) {
            requireRefused(stage, Optional.of(FOREIGN), subprotocols, 403, "a page of " + FOREIGN);
        }
    }

    static void t24LetsAnAllowedPageIn(Stage stage) throws IOException, InterruptedException {
        if (stage.settings().origin().isEmpty()) {
            throw new Untestable("no allowed origin was given (--origin)");
        }
        stage.tutorial().nothingCame();
    }

    static void t25ForgetsTheChannelOfAConnectionThatEnded(Stage stage) throws IOException, InterruptedException {
        Peer first = stage.tutorial(stage.channel());
        first.leave();
        Peer again = stage.tutorial();
        again.say("{'type':'offer'}");
        again.expectError("not-joined");
    }

    static void v1AgreesToTheFirstThatItKnows(Stage stage) throws IOException, InterruptedException {
        for (List<String> asked : List.of(List.of(Stage.V1), List.of("signaling.v9", Stage.V1, "chat"))) {
            Link link;
            try {
                link = stage.target().connect(asked);
            } catch (Target.HandshakeException e) {
                throw new Violation("asked for " + asked + ": " + e.getMessage());
            }
            Peer peer = stage.add(link, true);
            Violation.unless(
                    link.subprotocol().equals(Stage.V1),
                    "asked for " + asked + ", agreed to: " + Heard.brief(link.subprotocol()));
            peer.greeted();
            peer.nothingCame();
        }
    }

    static void v1LetsNobodyInWhoSpeaksOtherFormats(Stage stage) throws IOException, InterruptedException {
        requireRefused(
                stage, stage.settings().origin(), List.of("signaling.v9"), 400, "who asks for signaling.v9 only");
    }

    private static void requireRefused(
            Stage stage, Optional<String> origin, List<String> subprotocols, int status, String who)
            throws IOException, InterruptedException {
        try {
            Peer peer = stage.add(stage.target().connect(origin, subprotocols), false);
            Heard first = peer.hear();
            Violation.unless(first.code() == 1008, who + " is not refused but hears " + first);
        } catch (Target.HandshakeException e) {
            Violation.unless(e.status() == status, who + " is refused with " + e.status() + " and not " + status);
        }
    }

    static void v2TellsAllThatAClientNeeds(Stage stage) throws IOException, InterruptedException {
        JsonObject greeting = stage.v1().greeting();
        Violation.unless(Notation.isString(greeting, "peer"), "no peer: " + greeting);
        Violation.unless(Notation.isString(greeting, "resume"), "no resume: " + greeting);
        Violation.unless(!greeting.getBoolean("resumed", true), "resumed is not false: " + greeting);
        requireNumber(greeting, "received");
        Violation.unless(HostLimits.number(greeting, "received") == 0, "received is not 0: " + greeting);
        for (String key : List.of("heartbeat", "grace")) {
            requireNumber(greeting, key);
        }
        Violation.unless(greeting.get("limits") instanceof JsonObject, "no limits: " + greeting);
        for (String key : List.of(
                "messageCharacters",
                "messagesPerSecond",
                "charactersPerSecond",
                "channels",
                "peersPerChannel",
                "channelNameCharacters",
                "metadataCharacters")) {
            requireNumber(greeting.getJsonObject("limits"), key);
        }
    }

    private static void requireNumber(JsonObject object, String key) {
        boolean number = object.containsKey(key) && object.get(key).getValueType() == ValueType.NUMBER;
        Violation.unless(number, "no " + key + ": " + object);
    }

    static void v2GivesNoIdTwice(Stage stage) throws IOException, InterruptedException {
        Set<String> ids = new HashSet<>();
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < NEWCOMERS; i++) {
            Peer peer = stage.v1();
            Violation.unless(ids.add(peer.id()), "the id " + peer.id() + " comes twice");
            Violation.unless(tokens.add(peer.token()), "a token comes twice");
            peer.leave();
        }
    }

    static void v2NeedNotBeWaitedFor(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.ungreeted();
        peer.say("{'type':'ping','id':'7'}");
        peer.greeted();
        Violation.unless("7".equals(Notation.text(peer.expect("pong"), "id")), "the ping is not answered");
    }
}
