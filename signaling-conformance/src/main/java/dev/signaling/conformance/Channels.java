package dev.signaling.conformance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** Channels and their members in signaling.v1: V7 to V12. */
final class Channels {

    private static final String META = "{ \"n\" : 1.0,\"u\":\"\\u0041\" }";
    private static final int ROUNDS = 20;
    private static final int MOST_CHANNELS = 500;

    private Channels() {}

    static void v7TellsWhoIsThere(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer first = stage.v1();
        first.say("{'type':'join-channel','channel':'%s','role':'streamer','meta':%s,'id':'7'}", channel, META);
        JsonObject alone = first.expect("joined-channel");
        Violation.unless(roster(alone).isEmpty(), "nobody else is there: " + alone);
        Violation.unless(
                first.id().equals(Notation.text(alone, "peer"))
                        && channel.equals(Notation.text(alone, "channel"))
                        && "streamer".equals(Notation.text(alone, "role"))
                        && "7".equals(Notation.text(alone, "id")),
                "not who joined, where, as what: " + alone);
        Peer second = stage.v1();
        Violation.unless(
                ids(second.join(channel)).equals(List.of(first.id())), "the first member is not among the peers");
        Peer third = stage.v1();
        JsonObject last = third.join(channel);
        Violation.unless(
                ids(last).equals(List.of(first.id(), second.id())), "not in the order in which they joined: " + last);
        JsonObject streamer = roster(last).getJsonObject(0);
        Violation.unless("streamer".equals(Notation.text(streamer, "role")), "not with its role: " + last);
    }

    private static JsonArray roster(JsonObject joined) {
        if (joined.get("peers") instanceof JsonArray peers) {
            return peers;
        }
        throw new Violation("no peers: " + joined);
    }

    private static List<String> ids(JsonObject joined) {
        return roster(joined).getValuesAs(JsonObject.class).stream()
                .map(peer -> Notation.text(peer, "peer"))
                .toList();
    }

    static void v8CarriesRoleAndMeta(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer first = stage.v1(channel);
        Peer second = stage.v1();
        second.say("{'type':'join-channel','channel':'%s','role':'a-1','meta':%s}", channel, META);
        requireMeta(second.next());
        String told = first.next();
        requireMeta(told);
        Violation.unless("a-1".equals(Notation.text(Notation.parse(told), "role")), "not with its role: " + told);
        Peer third = stage.v1();
        third.askToJoin(channel);
        String joined = third.next();
        requireMeta(joined);
        JsonObject bare = Notation.parse(first.next());
        Violation.unless(
                "peer".equals(Notation.text(bare, "role"))
                        && bare.get("meta") instanceof JsonObject meta
                        && meta.isEmpty(),
                "without role and meta it is not peer and {}: " + bare);
    }

    private static void requireMeta(String text) {
        Violation.unless(text.contains(META), "not with the very text of its meta, " + META + ": " + Heard.brief(text));
    }

    static void v8HoldsMetaToItsLimit(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.v1();
        int most = HostLimits.known(stage.limits().metadataCharacters(), "metadataCharacters");
        String meta = "{\"a\":\"" + "x".repeat(Math.max(0, most - 8)) + "\"}";
        peer.say("{'type':'join-channel','channel':'%s','meta':%s}", channel, meta.replace("\"}", "x\"}"));
        peer.expectError("invalid-field");
        peer.say("{'type':'join-channel','channel':'%s','meta':%s}", channel, meta);
        peer.expect("joined-channel");
    }

    static void v9RefusesOneChannelTooMany(Stage stage) throws IOException, InterruptedException {
        int most = HostLimits.known(stage.limits().channels(), "channels");
        if (most > MOST_CHANNELS) {
            throw new Untestable("a client may be in " + most + " channels, which is too many to join here");
        }
        Peer peer = stage.v1();
        String name = stage.channel();
        for (int i = 0; i < most; i++) {
            peer.join(name + i);
        }
        peer.askToJoin(name);
        peer.expectError("too-many-channels");
        peer.askToJoin(name + 0);
        Violation.unless(
                List.of("already-joined", "too-many-channels").contains(Notation.text(peer.expect("error"), "code")),
                "joined again");
        Peer other = stage.v1(name + (most - 1), peer);
        other.signal(name + (most - 1), "1");
        peer.expectSignal(other.id(), "1");
    }

    static void v9RefusesToJoinTwice(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.v1(channel);
        peer.join(stage.channel());
        Peer other = stage.v1(channel, peer);
        peer.askToJoin(channel);
        peer.expectError("already-joined");
        other.nothingCame();
        other.signal(channel, "1");
        peer.expectSignal(other.id(), "1");
        peer.nothingCame();
    }

    static void v10TellsTheOthersOfANewMember(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer first = stage.v1(channel);
        Peer second = stage.v1(channel, first);
        stage.v1(channel, first, second).nothingCame();
    }

    static void v10LetsOneOfTwoSeeTheOther(Stage stage) throws IOException, InterruptedException {
        Peer one = stage.v1();
        Peer two = stage.v1();
        for (int i = 0; i < ROUNDS; i++) {
            String channel = stage.channel();
            one.askToJoin(channel);
            two.askToJoin(channel);
            boolean oneSees = sees(one, two);
            boolean twoSees = sees(two, one);
            Violation.unless(
                    oneSees != twoSees, oneSees ? "both see the other there before" : "neither sees the other");
            Peer earlier = oneSees ? two : one;
            earlier.expectJoined(oneSees ? one.id() : two.id());
            one.nothingCame();
            two.nothingCame();
            one.say("{'type':'leave-channel','channel':'%s'}", channel);
            one.expect("left-channel");
            two.expectLeft(one.id(), "left");
            two.say("{'type':'leave-channel','channel':'%s'}", channel);
            two.expect("left-channel");
        }
    }

    private static boolean sees(Peer peer, Peer other) throws InterruptedException {
        return ids(peer.expect("joined-channel")).contains(other.id());
    }

    static void v11TellsTheOthersWhoLeft(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer leaver = stage.v1(channel);
        Peer stayer = stage.v1(channel, leaver);
        leaver.say("{'type':'leave-channel','channel':'%s','id':'7'}", channel);
        JsonObject left = leaver.expect("left-channel");
        Violation.unless(
                "left".equals(Notation.text(left, "reason")) && "7".equals(Notation.text(left, "id")),
                "not as asked: " + left);
        stayer.expectLeft(leaver.id(), "left");
        leaver.say("{'type':'leave-channel','channel':'%s','id':'8'}", channel);
        leaver.expectError("not-joined", "8");
        stayer.signal(channel, "1");
        stayer.nothingCame();
        leaver.nothingCame();
    }

    static void v12TellsWhy(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer stayer = stage.v1(channel);
        Peer closes = stage.v1(channel, stayer);
        closes.leave();
        stayer.expectLeft(closes.id(), "disconnected");
        Peer ended = stage.socket(true);
        ended.join(channel);
        stayer.expectJoined(ended.id());
        Stage.socketOf(ended).write(new Frame(true, Frame.BINARY, new byte[] {1}).masked());
        stayer.expectLeft(ended.id(), "removed");
    }
}
