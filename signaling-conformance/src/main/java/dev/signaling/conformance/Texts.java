package dev.signaling.conformance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What a message has to look like: T2 to T4, T14, V3 to V6, V27. */
final class Texts {

    private static final List<String> MALFORMED = List.of(
            "hello",
            "",
            "[]",
            "7",
            "null",
            "'offer'",
            "{'type':'offer'",
            "{'type':'offer'} x",
            "{'type':'offer'}{'type':'offer'}",
            "{'type':'offer',}",
            "{type:'offer'}",
            "{'type':'offer','n':NaN}",
            "{'type':'offer','n':01}",
            "{'type':'offer','n':'\t'}",
            "{'type':'offer','type':'answer'}",
            "{'type':'offer','n':1,'n':2}",
            "{'type':'offer','n':" + "[".repeat(70) + "]".repeat(70) + "}");
    private static final List<String> OF_THE_SERVER =
            List.of("connection-established", "joined-channel", "error", "going-away");

    private Texts() {}

    static void t2RefusesWhatIsNoObject(Stage stage) throws IOException, InterruptedException {
        refuseMalformed(stage.tutorial(stage.channel()));
    }

    static void v3RefusesWhatIsNoObject(Stage stage) throws IOException, InterruptedException {
        refuseMalformed(stage.v1());
    }

    private static void refuseMalformed(Peer peer) throws IOException, InterruptedException {
        for (String text : MALFORMED) {
            refuse(peer, text.replace('\'', '"'), "malformed-message");
        }
    }

    private static JsonObject refuse(Peer peer, String text, String code) throws IOException, InterruptedException {
        peer.send(text);
        try {
            return peer.expectError(code);
        } catch (Violation e) {
            throw new Violation("to " + Heard.brief(text) + ": " + e.getMessage());
        }
    }

    static void t2TakesWhiteSpaceAndDepth(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.tutorial(channel);
        Peer receiver = stage.tutorial(channel);
        String deep = " \n{\"type\":\"offer\",\"n\":" + "[".repeat(60) + "]".repeat(60) + "}\t\r\n ";
        sender.send(deep);
        receiver.expectText(deep);
    }

    static void t3RefusesAMessageWithoutAType(Stage stage) throws IOException, InterruptedException {
        refuseTypes(
                stage.tutorial(stage.channel()), "{'sdp':'v=0'}", "{'type':7}", "{'type':null}", "{'Type':'x'}", "{}");
    }

    static void t4LetsNobodySpeakInTheServersName(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer liar = stage.tutorial(channel);
        Peer other = stage.tutorial(channel);
        for (String type : OF_THE_SERVER) {
            refuseTypes(liar, Notation.quoted("{'type':'%s','channel':'%s','code':'x'}", type, channel));
        }
        refuseTypes(liar, "{'t\\u0079pe':'err\\u006fr'}");
        liar.say("{'type':'offer'}");
        other.expectText("{\"type\":\"offer\"}");
        other.nothingCame();
    }

    private static void refuseTypes(Peer peer, String... texts) throws IOException, InterruptedException {
        for (String text : texts) {
            refuse(peer, text.replace('\'', '"'), "unknown-type");
        }
    }

    static void t14AnswersAndGoesOn(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer clumsy = stage.tutorial(channel);
        Peer other = stage.tutorial(channel);
        refuse(clumsy, "hello", "malformed-message");
        refuse(clumsy, "{}", "unknown-type");
        clumsy.askToJoin("");
        clumsy.expectError("invalid-channel");
        other.nothingCame();
        clumsy.say("{'type':'offer'}");
        other.expectText("{\"type\":\"offer\"}");
    }

    static void v4RefusesTypesThatAClientHasNot(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        refuseTypes(peer, "{'type':'offer','sdp':'v=0'}", "{}", "{'type':7}", "{'type':null}", "{'type':'PING'}");
        for (String type : OF_THE_SERVER) {
            refuseTypes(peer, "{'type':'" + type + "'}");
        }
        refuseTypes(peer, "{'type':'pong'}", "{'type':'peer-joined'}", "{'type':'left-channel'}");
    }

    static void v4IgnoresFieldsThatATypeHasNot(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        peer.say("{'type':'ping','since':'a later version','role':7,'channel':null}");
        peer.expect("pong");
    }

    static void v5RepeatsTheId(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.v1();
        for (String id : List.of("7", "x".repeat(64), "Zoë \"\\/ 😀")) {
            String quoted = Notation.json(id);
            peer.say("{'id':%s,'type':'ping'}", quoted);
            requireId(id, peer.expect("pong"));
            peer.say("{'type':'join-channel','channel':'%s','id':%s}", channel, quoted);
            requireId(id, peer.expect("joined-channel"));
            peer.say("{'type':'join-channel','channel':'%s','id':%s}", channel, quoted);
            peer.expectError("already-joined", id);
            peer.say("{'type':'leave-channel','channel':'%s','id':%s}", channel, quoted);
            requireId(id, peer.expect("left-channel"));
            peer.say("{'type':'offer','id':%s}", quoted);
            peer.expectError("unknown-type", id);
            peer.say("{'id':%s}", quoted);
            peer.expectError("unknown-type", id);
        }
    }

    private static void requireId(String id, JsonObject answer) {
        Violation.unless(id.equals(Notation.text(answer, "id")), "the id " + id + " is not repeated: " + answer);
    }

    static void v5RefusesAnIdThatIsNone(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.v1();
        for (String id : List.of("9", "null", "''", "[]", "'" + "x".repeat(65) + "'", "'\\ud800'")) {
            refuse(peer, Notation.quoted("{'type':'ping','id':%s}", id.replace('\'', '"')), "invalid-field");
        }
    }

    static void v6RefusesValuesThatAFieldCannotHave(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.v1(channel);
        Peer other = stage.v1(channel, peer);
        for (Map.Entry<String, String> bad : BadFields.of(channel)) {
            refuse(peer, bad.getKey(), bad.getValue());
        }
        other.nothingCame();
        peer.signal(channel, "1");
        other.expectSignal(peer.id(), "1");
    }

    static void v27AnswersWithTheId(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.v1(channel);
        Peer other = stage.v1(channel, peer);
        peer.say("{'type':'leave-channel','channel':'%s','id':'7'}", stage.channel());
        peer.expectError("not-joined", "7");
        JsonObject error = refuse(peer, "hello", "malformed-message");
        Violation.unless(!error.containsKey("id"), "an id that nobody gave: " + error);
        other.nothingCame();
        peer.nothingCame();
    }
}
