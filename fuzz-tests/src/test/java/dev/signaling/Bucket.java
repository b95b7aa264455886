package dev.signaling;

/** The rate of one peer, counted in another way than the hub does: a bucket that each message fills a little and time empties. */
final class Bucket {

    enum Verdict {
        PASS,
        TELL,
        DROP,
        CLOSE
    }

    private final long drop; // µs
    private final int burst;
    private long level;
    private long at;
    private int refused;

    Bucket(Limits limits) {
        drop = 1_000_000 / limits.messagesPerSecond();
        burst = limits.messageBurst();
    }

    void empty() {
        level = 0;
        refused = 0;
    }

    Verdict rule(long millis) {
        long now = millis * 1_000;
        level = Math.max(0, level - (now - at));
        at = now;
        long most = drop * (burst - 1L);
        if (level <= most) {
            if (level <= most / 2) {
                refused = 0;
            }
            level += drop;
            return Verdict.PASS;
        }
        refused++;
        return refused == 1 ? Verdict.TELL : refused > burst ? Verdict.CLOSE : Verdict.DROP;
    }
}
