package dev.signaling.attacks;

/** The attacks that there are: each is played by a test, and has a row of docs/reliability.md by its title. */
enum Attack {
    MESSAGES(
            "messages as fast as they go",
            "20,000 signals by a member of the others' channel",
            "1008 rate-limited",
            "`messagesPerSecond`, `messageBurst`"),
    LARGE_MESSAGES(
            "large messages as fast as they go",
            "400 signals of 60 KB by a member of the others' channel",
            "1008 rate-limited",
            "`charactersPerSecond`, `characterBurst`"),
    NO_MESSAGES(
            "texts that are none",
            "20,000 texts that are no JSON",
            "1008 rate-limited",
            "`messagesPerSecond`, `messageBurst`"),
    JOINS(
            "joins and leaves as fast as they go",
            "2,000 of each in the others' channel",
            "1008 rate-limited",
            "`joinsPerSecond`, `joinBurst`"),
    NAMES(
            "a new channel's name each time",
            "10,000 joins, each left again",
            "1008 rate-limited",
            "`joinsPerSecond`, `joinBurst`"),
    PINGS("pings as fast as they go", "20,000 pings", "1008 rate-limited", "the demo's bound of frames"),
    PONGS(
            "pongs as fast as they go",
            "20,000 pongs that nobody asked for",
            "1008 rate-limited",
            "the demo's bound of frames"),
    LARGE_FRAGMENTS(
            "fragments without end", "60 KB each, none the last", "1009 message-too-large", "`messageCharacters`"),
    EMPTY_FRAGMENTS(
            "empty fragments without end", "20,000 of no byte", "1008 rate-limited", "the demo's bound of frames"),
    LARGE_FRAME("one frame of 30 MB", "its header, and then bytes", "1009 message-too-large", "`messageCharacters`"),
    NEVER_JOINS(
            "connections that never join", "200 that say nothing", "1008 join-timeout", "`joinDeadline` (3 s here)"),
    NEVER_READS(
            "a member that never reads",
            "another sends it 60 KB at a time",
            "1013 slow-consumer",
            "`outboxCharacters`, `sendTimeout`"),
    READS_SLOWLY(
            "a member that reads a byte a second",
            "another sends it 60 KB at a time",
            "1013 slow-consumer",
            "`outboxCharacters`, `sendTimeout`"),
    SENDS_SLOWLY("a member that sends a byte a second", "of one message", "1001 timed-out", "`timeout` (5 s here)"),
    ONE_ADDRESS(
            "connections from one address",
            "400",
            "100: 1013 too-many-from-address, 300: let in",
            "`connectionsPerAddress` (300 here)"),
    MANY_ADDRESSES(
            "connections from many addresses",
            "1,200 from 12",
            "210: 1013 too-many-connections, 990: let in",
            "`connections` (1,000 here)"),
    CHURN(
            "joins and leaves in a channel of 1,000",
            "20,000 joins, each of which leaves the channel before",
            "1008 rate-limited",
            "`joinsPerSecond`, `joinBurst`"),
    MILLION_NAMES(
            "1,000,000 channel names",
            "50 joins by each of 20,000 connections, which are cut",
            "all joined, none left behind",
            "`channelsPerConnection`, `resumeGrace` (1 s here)"),
    SLOW_CONSUMER(
            "a member of 1,000 that stops reading",
            "another sends it alone 60 KB at a time",
            "1013 slow-consumer",
            "`outboxCharacters`, `sendTimeout`");

    private final String title;
    private final String sent;
    private final String got;
    private final String limit;

    Attack(String title, String sent, String got, String limit) {
        this.title = title;
        this.sent = sent;
        this.got = got;
        this.limit = limit;
    }

    String title() {
        return title;
    }

    /** What is sent. */
    String sent() {
        return sent;
    }

    /** What the attacker has to get. */
    String got() {
        return got;
    }

    /** What stops it. */
    String limit() {
        return limit;
    }
}
