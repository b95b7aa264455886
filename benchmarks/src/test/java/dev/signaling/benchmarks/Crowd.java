package dev.signaling.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Two thousand peers at a server: most come and go, some flood, some are cut off and come back, and some are there all the
 * time. Those of the last two kinds check that they lose nothing.
 */
final class Crowd {

    private static final int STEADY_PAIRS = 100;
    private static final int RETURNING_PAIRS = 400;
    private static final int GUESTS = 900;
    private static final int FLOODERS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final EventLoop loop;
    final URI url;
    final Agenda agenda = new Agenda();
    boolean leaving; // nobody says anything more
    boolean parting; // all has been heard
    long connections;
    long sent;
    long heard;
    long cuts;
    long resumed;
    long longestAwayNanos;
    long floods;
    int open;

    private final List<SteadyPeer> steady = new ArrayList<>();
    private final List<ReturningPeer> returning = new ArrayList<>();

    Crowd(EventLoop loop, URI url) {
        this.loop = loop;
        this.url = url;
        for (int i = 0; i < STEADY_PAIRS; i++) { // the first, before the rush
            SteadyPeer one = new SteadyPeer(this, "steady-" + i, "one");
            SteadyPeer two = new SteadyPeer(this, "steady-" + i, "two");
            one.meets(two);
            two.meets(one);
            steady.addAll(List.of(one, two));
        }
        for (int i = 0; i < RETURNING_PAIRS; i++) {
            ReturningPeer one = new ReturningPeer(this, "returning-" + i);
            ReturningPeer two = new ReturningPeer(this, "returning-" + i);
            one.meets(two);
            two.meets(one);
            returning.addAll(List.of(one, two));
        }
        returning.forEach(peer -> agenda.in(2_000, 15_000, peer::begin));
        for (int i = 0; i < GUESTS; i++) {
            agenda.in(2_000, 15_000, new Guest(this)::come);
        }
        for (int i = 0; i < FLOODERS; i++) {
            agenda.in(2_000, 20_000, new Flooder(this, i / 2)::come);
        }
    }

    /** All of them for that long; then all go, and who was to be served has been. */
    void run(Duration time) {
        loop.runUntil(this::tick, time);
        leaving = true;
        await(
                () -> steady.stream().allMatch(SteadyPeer::isServed),
                "a peer that was there all the time has lost something");
        await(() -> returning.stream().allMatch(ReturningPeer::isServed), "a peer that came back has lost something");
        parting = true;
        steady.forEach(Peer::close);
        returning.forEach(ReturningPeer::leave);
        await(() -> open == 0 && steady.stream().allMatch(Peer::isClosed), "not all connections have ended");
    }

    private boolean tick() {
        agenda.runDue();
        return false;
    }

    private void await(BooleanSupplier condition, String otherwise) {
        if (!loop.runUntil(() -> tick() || condition.getAsBoolean(), PATIENCE)) {
            throw new Violation(otherwise + ", " + open + " connections are open");
        }
    }

    String figures() {
        return ("%,d connections, %,d messages sent and %,d heard, %,d cuts, %,d ways back (the longest after %,d ms), "
                        + "%,d floods ended")
                .formatted(connections, sent, heard, cuts, resumed, longestAwayNanos / 1_000_000, floods);
    }
}
