package dev.signaling.attacks;

/** The attacks that there are: each is played by a test, and has a row of docs/reliability.md by its title. */
enum Attack {
    MESSAGES("messages as fast as they go", "20,000 signals by a member", "`messagesPerSecond`, `messageBurst`"),
    NO_MESSAGES("texts that are none", "20,000 texts that are no JSON", "`messagesPerSecond`, `messageBurst`"),
    JOINS(
            "joins and leaves as fast as they go",
            "2,000 of each in the others' channel",
            "`joinsPerSecond`, `joinBurst`"),
    NAMES("a new channel's name each time", "10,000 joins, each left again", "`joinsPerSecond`, `joinBurst`"),
    PINGS("pings as fast as they go", "20,000 pings", "the demo's bound of frames"),
    PONGS("pongs as fast as they go", "20,000 pongs that nobody asked for", "the demo's bound of frames"),
    LARGE_FRAGMENTS("fragments without end", "60 KB each, none the last", "`messageCharacters`"),
    EMPTY_FRAGMENTS("empty fragments without end", "20,000 of no byte", "the demo's bound of frames"),
    LARGE_FRAME("one frame of 30 MB", "its header, and then bytes", "`messageCharacters`"),
    NEVER_JOINS("connections that never join", "200 that say nothing", "`joinDeadline` (3 s here)"),
    NEVER_READS("a member that never reads", "another sends it 60 KB at a time", "`outboxCharacters`, `sendTimeout`"),
    READS_SLOWLY(
            "a member that reads a byte a second",
            "another sends it 60 KB at a time",
            "`outboxCharacters`, `sendTimeout`"),
    SENDS_SLOWLY("a member that sends a byte a second", "of one message", "`timeout` (5 s here)"),
    ONE_ADDRESS("connections from one address", "400", "`connectionsPerAddress` (300 here)"),
    MANY_ADDRESSES("connections from many addresses", "1,200 from 12", "`connections` (1,000 here)"),
    CHURN(
            "joins and leaves in a channel of 1,000",
            "20,000 joins, each of which leaves the channel before",
            "`joinsPerSecond`, `joinBurst`"),
    MILLION_NAMES(
            "1,000,000 channel names",
            "50 joins by each of 20,000 connections, which are cut",
            "`channelsPerConnection`, `resumeGrace` (1 s here)"),
    SLOW_CONSUMER(
            "a member of 1,000 that stops reading",
            "another sends it alone 60 KB at a time",
            "`outboxCharacters`, `sendTimeout`");

    private final String title;
    private final String sent;
    private final String limit;

    Attack(String title, String sent, String limit) {
        this.title = title;
        this.sent = sent;
        this.limit = limit;
    }

    String title() {
        return title;
    }

    /** What is sent. */
    String sent() {
        return sent;
    }

    /** What stops it. */
    String limit() {
        return limit;
    }
}
