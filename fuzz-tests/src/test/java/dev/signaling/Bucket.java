package dev.signaling;

/** A rate of one peer, counted in another way than the hub does: a bucket that what comes fills a little and time empties. */
final class Bucket {

    enum Verdict {
        PASS,
        TELL,
        DROP,
        CLOSE
    }

    private final long drop; // ns
    private final int burst;
    private long level;
    private long at;
    private long refused;

    Bucket(int perSecond, int burst) {
        this.drop = 1_000_000_000 / perSecond;
        this.burst = burst;
    }

    void empty() {
        level = 0;
        refused = 0;
    }

    Verdict rule(long millis, int weight) {
        long now = millis * 1_000_000;
        level = Math.max(0, level - (now - at));
        at = now;
        long most = drop * (burst - weight);
        if (level <= most) {
            if (level <= most / 2) {
                refused = 0;
            }
            level += drop * weight;
            return Verdict.PASS;
        }
        boolean isFirst = refused == 0;
        refused += weight;
        return isFirst ? Verdict.TELL : refused > burst ? Verdict.CLOSE : Verdict.DROP;
    }
}
