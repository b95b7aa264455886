package dev.signaling.conformance;

import java.io.IOException;
import java.util.List;

/** What reaches whom, and as what: T11, T12, V13 to V17. */
final class Relaying {

    private static final List<String> TEXTS = List.of(
            "{ \"type\": \"icecandidate\", \"candidate\": null, \"note\": \"\\u0041 \\/ A\" }",
            "{\"sdp\":\"v=0\\r\\n\",\"n\":1.0,\"m\":-0.50e+1,\"k\":1e400,\"type\":\"offer\"}",
            "\n{\"type\":\"Zoë 😀\",\"\":{},\"a\":[ ]}\t",
            "{\"type\":\"join\",\"channel\":\"elsewhere\",\"from\":\"me\"}",
            "{\"type\":\"\"}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-0.50",
            "1e400",
            "\"\\u0041 \\/\"",
            "\"Zoë 😀\"",
            "[ 1 ,\t2 ]",
            "{}",
            "{ \"type\": \"offer\", \"sdp\": \"v=0\" }");
    private static final List<String> UNFIT_FOR_PART_1 = List.of(
            "7",
            "\"offer\"",
            "[{\"type\":\"offer\"}]",
            "{}",
            "{\"type\":7}",
            "{\"type\":\"connection-established\"}",
            "{\"type\":\"joined-channel\",\"channel\":\"x\"}",
            "{\"type\":\"error\",\"code\":\"x\"}",
            "{\"type\":\"going-away\"}",
            "{\"t\\u0079pe\":\"err\\u006fr\"}",
            "{\"type\":\"offer\",\"type\":\"answer\"}");
    private static final int IN_A_ROW = 300;

    private Relaying() {}

    static void t11CarriesEveryTextAsItIs(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.tutorial(channel);
        List<Peer> others = List.of(stage.tutorial(channel), stage.tutorial(channel), stage.tutorial(channel));
        for (String text : TEXTS) {
            sender.send(text);
            for (Peer other : others) {
                other.expectText(text);
            }
        }
    }

    static void t11ReachesNeitherTheSenderNorAnybodyOutside(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.tutorial(channel);
        Peer member = stage.tutorial(channel);
        Peer elsewhere = stage.tutorial(stage.channel());
        Peer nowhere = stage.tutorial();
        sender.send(TEXTS.get(0));
        member.expectText(TEXTS.get(0));
        for (Peer peer : List.of(sender, member, elsewhere, nowhere)) {
            peer.nothingCame();
        }
    }

    static void t12KeepsTheOrder(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer one = stage.tutorial(channel);
        Peer two = stage.tutorial(channel);
        Peer first = stage.tutorial(channel);
        Peer second = stage.tutorial(channel);
        for (int i = 0; i < IN_A_ROW; i++) {
            one.say("{'type':'one','n':%s}", i);
            two.say("{'type':'two','n':%s}", i);
        }
        Sequence order = new Sequence();
        for (int i = 0; i < 2 * IN_A_ROW; i++) {
            String text = first.next();
            second.expectText(text);
            var message = Notation.parse(text);
            order.next(Notation.text(message, "type"), HostLimits.number(message, "n"));
        }
    }

    static void t12GivesANewMemberNothingFromBefore(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.tutorial(channel);
        sender.send(TEXTS.get(0));
        sender.nothingCame();
        stage.tutorial(channel).nothingCame();
    }

    static void v13CarriesAnyValueAsItIs(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.v1(channel);
        Peer other = stage.v1(channel, sender);
        Peer third = stage.v1(channel, sender, other);
        for (String data : VALUES) {
            sender.signal(channel, " " + data + " ");
            other.expectSignal(sender.id(), ":" + data + "}");
            third.expectSignal(sender.id(), ":" + data + "}");
        }
        sender.nothingCame();
    }

    static void v13ReachesNeitherTheSenderNorAnybodyOutside(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.v1(channel);
        Peer member = stage.v1(channel, sender);
        String elsewhere = stage.channel();
        sender.join(elsewhere);
        Peer stranger = stage.v1(elsewhere, sender);
        sender.signal(channel, "1");
        member.expectSignal(sender.id(), "1");
        for (Peer peer : List.of(sender, member, stranger)) {
            peer.nothingCame();
        }
    }

    static void v13SaysItselfWhoSent(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer liar = stage.v1(channel);
        Peer other = stage.v1(channel, liar);
        liar.say("{'from':'%s','type':'signal','channel':'%s','data':1}", other.id(), channel);
        other.expectSignal(liar.id(), "1");
    }

    static void v14ReachesOneMemberOnly(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer sender = stage.v1(channel);
        Peer one = stage.v1(channel, sender);
        Peer other = stage.v1(channel, sender, one);
        signalTo(sender, channel, one.id());
        one.expectSignal(sender.id(), "\"hello\"");
        other.nothingCame();
        sender.nothingCame();
    }

    static void v14RefusesWhoIsNotThere(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        String elsewhere = stage.channel();
        Peer sender = stage.v1(channel);
        sender.join(elsewhere);
        Peer other = stage.v1(elsewhere, sender);
        for (String nobody : List.of(sender.id(), other.id(), "nobody", other.id() + " ")) {
            signalTo(sender, channel, nobody);
            sender.expectError("peer-not-found", "7");
        }
        other.nothingCame();
    }

    private static void signalTo(Peer sender, String channel, String to) throws IOException, InterruptedException {
        sender.say("{'type':'signal','channel':'%s','to':%s,'data':'hello','id':'7'}", channel, Notation.json(to));
    }

    static void v15RefusesSignalsFromOutside(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer member = stage.v1(channel);
        Peer outside = stage.v1(stage.channel());
        outside.say("{'type':'signal','channel':'%s','data':1,'id':'7'}", channel);
        outside.expectError("not-joined", "7");
        signalTo(outside, channel, member.id());
        outside.expectError("not-joined", "7");
        member.nothingCame();
    }

    static void v16KeepsTheOrder(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer first = stage.v1(channel);
        Peer second = stage.v1(channel, first);
        Peer sender = stage.v1();
        sender.askToJoin(channel);
        for (int i = 0; i < IN_A_ROW; i++) {
            sender.signal(channel, "" + i);
        }
        sender.say("{'type':'leave-channel','channel':'%s'}", channel);
        for (Peer peer : List.of(first, second)) {
            peer.expectJoined(sender.id());
            for (int i = 0; i < IN_A_ROW; i++) {
                peer.expectSignal(sender.id(), ":" + i + "}");
            }
            peer.expectLeft(sender.id(), "left");
        }
    }

    static void v17LetsBothFormatsMeet(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer modern = stage.v1(channel);
        Peer tutorial = stage.tutorial(channel);
        String id = Notation.text(modern.expect("peer-joined"), "peer");
        for (String text : TEXTS) {
            tutorial.send(text);
            modern.expectSignal(id, text.strip());
        }
        String offer = "{ \"type\": \"offer\", \"sdp\": \"v=0\" }";
        modern.signal(channel, " " + offer + " ");
        tutorial.expectText(offer);
        for (String data : UNFIT_FOR_PART_1) {
            modern.signal(channel, data);
        }
        modern.signal(channel, offer);
        tutorial.expectText(offer);
        modern.nothingCame();
    }
}
