package dev.signaling.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Channels in the tutorial's format: T5 to T10, T13, T18. */
final class Joining {

    private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\"}";
    private static final int MOST_MEMBERS = 2_000;

    private Joining() {}

    static void t5AnswersAJoin(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.tutorial();
        peer.say("{'since':'a later version','type':'join-channel','role':7,'channel':'%s'}", channel);
        var joined = peer.expect("joined-channel");
        Violation.unless(channel.equals(Notation.text(joined, "channel")), "of another channel: " + joined);
        Peer other = stage.tutorial(channel);
        other.send(OFFER);
        peer.expectText(OFFER);
    }

    static void t6RefusesWhatIsNoName(Stage stage) throws IOException, InterruptedException {
        Peer peer = stage.tutorial();
        int longest = stage.limits().channelNameCharacters();
        List<String> names = new ArrayList<>(
                List.of("''", "7", "null", "[]", "'__proto__'", "'\\u0000'", "'a\\u001f'", "'\\u007f'", "'\\u009f'"));
        names.addAll(List.of("'\\ud800'", "'\\udc00x'", "'" + "x".repeat(longest > 0 ? longest + 1 : 257) + "'"));
        for (String name : names) {
            peer.say("{'type':'join-channel','channel':%s}", name.replace('\'', '"'));
            try {
                peer.expectError("invalid-channel");
            } catch (Violation e) {
                throw new Violation("to the name " + Heard.brief(name) + ": " + e.getMessage());
            }
        }
        peer.say("{'type':'join-channel'}");
        peer.expectError("invalid-channel");
    }

    static void t6TakesEveryNameAsItIs(Stage stage) throws IOException, InterruptedException {
        int longest = Math.max(stage.limits().channelNameCharacters(), 64);
        String tail = stage.channel();
        List<String> names = List.of(
                tail.charAt(0) + "x".repeat(longest - tail.length() - 1) + tail,
                "😀 " + tail,
                "\u00e9" + tail,
                "e\u0301" + tail,
                "E" + tail,
                "e" + tail);
        for (String name : names) { // one that is taken for another would answer already-joined
            stage.tutorial(name).nothingCame();
        }
        Peer peer = stage.tutorial();
        for (String name : names) {
            peer.join(name);
        }
    }

    static void t7LeavesTheFirstChannel(Stage stage) throws IOException, InterruptedException {
        String first = stage.channel();
        String second = stage.channel();
        Peer mover = stage.tutorial(first);
        Peer stayer = stage.tutorial(first);
        mover.join(second);
        stayer.send(OFFER);
        stayer.nothingCame();
        mover.nothingCame();
        Peer neighbour = stage.tutorial(second);
        mover.send(OFFER);
        neighbour.expectText(OFFER);
        stayer.nothingCame();
    }

    static void t8StaysInItsChannelOnce(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer twice = stage.tutorial(channel);
        Peer other = stage.tutorial(channel);
        twice.askToJoin(channel);
        twice.expectError("already-joined");
        other.send(OFFER);
        twice.expectText(OFFER);
        twice.nothingCame();
    }

    static void t9LeavesNothingChangedByARefusedJoin(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer peer = stage.tutorial(channel);
        Peer other = stage.tutorial(channel);
        peer.askToJoin("__proto__");
        peer.expectError("invalid-channel");
        peer.askToJoin(channel);
        peer.expectError("already-joined");
        peer.send(OFFER);
        other.expectText(OFFER);
    }

    static void t10TellsNobodyWhoComesAndGoes(Stage stage) throws IOException, InterruptedException {
        String channel = stage.channel();
        Peer stayer = stage.tutorial(channel);
        Peer leaver = stage.tutorial(channel);
        Peer mover = stage.tutorial(channel);
        mover.join(stage.channel());
        stayer.nothingCame();
        leaver.nothingCame();
        leaver.leave();
        leaver.ending();
        stayer.nothingCame();
    }

    static void t13RefusesToRelayFromOutside(Stage stage) throws IOException, InterruptedException {
        Peer outside = stage.tutorial();
        outside.send(OFFER);
        outside.expectError("not-joined");
        outside.send("{\"type\":\"icecandidate\",\"candidate\":null}");
        outside.expectError("not-joined");
    }

    static void t18RefusesOneTooMany(Stage stage) throws IOException, InterruptedException {
        int most = HostLimits.known(stage.limits().peersPerChannel(), "peersPerChannel");
        if (most > MOST_MEMBERS) {
            throw new Untestable("a channel has " + most + " members at most, which is too many to open here");
        }
        String channel = stage.channel();
        for (int i = 0; i < most; i++) {
            stage.tutorial(channel);
        }
        Peer tooMany = stage.tutorial(stage.channel());
        tooMany.askToJoin(channel);
        tooMany.expectError("channel-full");
        tooMany.send(OFFER);
        tooMany.expectError("not-joined"); // T9: it has left its first channel by then
    }
}
