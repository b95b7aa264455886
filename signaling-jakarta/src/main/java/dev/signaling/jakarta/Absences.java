package dev.signaling.jakarta;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many connections of each address were lost so lately that their peers may be waited for. Those have no session any
 * more, and what they hold would count to nobody: one address could have a whole hub wait, by connections that it cuts.
 *
 * <p>A peer that comes back counts all the same, until its time is over: who is one too many is only not waited for.
 */
final class Absences {

    private record Absence(Network network, long end) {}

    private final int mostOfOne;
    private final int most;
    private final long grace;
    private final LongSupplier nanoTime;

    // guarded by this
    private final ArrayDeque<Absence> all = new ArrayDeque<>(); // each as long as the others: the first ends first
    private final Map<Network, Integer> counts = new HashMap<>();

    Absences(int mostOfOne, int most, Duration grace, LongSupplier nanoTime) {
        this.mostOfOne = mostOfOne;
        this.most = most;
        this.grace = TimeUnit.MILLISECONDS.toNanos(grace.toMillis()); // as long as nanoseconds can count
        this.nanoTime = nanoTime;
    }

    /** Counts one more; false if the address, or all together, have as many as they may. */
    synchronized boolean admit(Network network) {
        long now = nanoTime.getAsLong();
        forgetUntil(now);
        int count = counts.getOrDefault(network, 0);
        if (count >= mostOfOne || all.size() >= most) {
            return false;
        }
        counts.put(network, count + 1);
        all.add(new Absence(network, now + grace));
        return true;
    }

    /** Forgets those whose time is over. */
    synchronized void forget() {
        forgetUntil(nanoTime.getAsLong());
    }

    synchronized int size() {
        return all.size();
    }

    private void forgetUntil(long now) {
        for (Absence first = all.peek(); first != null && first.end() - now <= 0; first = all.peek()) {
            all.remove();
            counts.computeIfPresent(first.network(), (any, count) -> count == 1 ? null : count - 1);
        }
    }
}
