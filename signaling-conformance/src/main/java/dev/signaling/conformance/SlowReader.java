package dev.signaling.conformance;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A client that reads nothing while others go on: T21, V28. */
final class SlowReader {

    private static final Duration LONGEST = Duration.ofSeconds(40);
    /** A little less than the limits' defaults let through at once. */
    private static final int BURST = 900;

    private static final int BURST_CHARACTERS = 3_500_000;
    private static final int MOST_CHARACTERS = 60_000;

    private SlowReader() {}

    static void t21IsClosedAndHoldsNobodyUp(Stage stage) throws IOException, InterruptedException {
        HostLimits limits = stage.limits();
        int characters =
                Math.min(MOST_CHARACTERS, HostLimits.known(limits.messageCharacters(), "messageCharacters") - 200);
        String channel = stage.channel();
        Peer reader = stage.v1(channel);
        Peer sender = stage.v1(channel, reader);
        SocketLink deaf = stage.deaf(false);
        Peer slow = stage.add(deaf, false);
        deaf.send(Notation.quoted("{'type':'join-channel','channel':'%s'}", channel));
        String id = Notation.text(reader.expect("peer-joined"), "peer");
        sender.expect("peer-joined");
        String filling = "\"" + "x".repeat(Math.max(1, characters)) + "\"";
        int sent = flood(stage, List.of(reader, sender), deaf, channel, filling, limits);
        deaf.listen();
        requireBound(slow, id, sent, filling.length());
    }

    /** Sends until the others are told that somebody is gone. */
    private static int flood(
            Stage stage, List<Peer> peers, SocketLink deaf, String channel, String filling, HostLimits limits)
            throws IOException, InterruptedException {
        Peer reader = peers.get(0);
        Peer sender = peers.get(1);
        long begin = System.nanoTime();
        int sent = 0;
        while (System.nanoTime() - begin < LONGEST.toNanos()) {
            String data = "{\"type\":\"load\",\"n\":" + sent++ + ",\"filling\":" + filling + "}";
            sender.signal(channel, data);
            String heard = hearInTime(reader, stage.patience());
            if (Notation.text(Notation.parse(heard), "type").equals("peer-left")) {
                String reason = Notation.text(Notation.parse(heard), "reason");
                Violation.unless(reason.equals("removed"), "it left as " + reason + " and not as removed");
                reader.expectSignal(sender.id(), "\"n\":" + (sent - 1) + ",");
                return sent;
            }
            Violation.unless(heard.contains("\"n\":" + (sent - 1) + ","), "out of order: " + Heard.brief(heard));
            stayAlive(deaf);
            long due = Math.max(
                    due(sent - BURST, limits.messagesPerSecond()),
                    due((long) sent * data.length() - BURST_CHARACTERS, limits.charactersPerSecond()));
            TimeUnit.NANOSECONDS.sleep(due - (System.nanoTime() - begin));
        }
        throw new Violation("after " + sent + " messages of " + filling.length() + " characters in "
                + LONGEST.toSeconds() + " s the client that reads nothing is still a member");
    }

    /** Says a pong that nobody asked for (RFC 6455, section 5.5.3): it is there, it only does not read. */
    private static void stayAlive(SocketLink deaf) {
        try {
            deaf.write(new Frame(true, Frame.PONG, new byte[0]).masked());
        } catch (IOException e) {
            // it has been closed, which the others are about to hear
        }
    }

    /** When so much beyond the burst may be sent, in ns; at once if it is not known how much may be in a second. */
    private static long due(long beyond, int perSecond) {
        return perSecond <= 0 ? 0 : Math.max(0, beyond) * 1_000_000_000L / perSecond;
    }

    private static String hearInTime(Peer reader, Duration patience) throws InterruptedException {
        Optional<Heard> heard = reader.hear(patience);
        if (heard.isEmpty() || heard.get().isEnd()) {
            throw new Violation(
                    "the others are held up: " + heard.map(Heard::toString).orElse("nothing comes"));
        }
        return heard.get().text();
    }

    /** What comes when it reads at last is less than was sent, and its end. */
    private static void requireBound(Peer slow, String id, int sent, int characters) throws InterruptedException {
        int heard = -2; // connection-established and joined-channel
        Optional<Heard> next = slow.hear(Duration.ofSeconds(20));
        while (next.isPresent() && !next.get().isEnd()) {
            heard++;
            next = slow.hear(Duration.ofSeconds(20));
        }
        String account =
                " (" + heard + " of " + sent + " messages of " + characters + " characters reached " + id + ")";
        Violation.unless(next.isPresent(), "the connection of a client that was removed stays open" + account);
        int code = next.get().code();
        Violation.unless(code == 1013 || code == Heard.NO_FRAME, "not closed with 1013: " + next.get() + account);
    }
}
