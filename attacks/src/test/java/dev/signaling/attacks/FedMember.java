package dev.signaling.attacks;

/** A member of the bystanders' channel whom another one sends 60 KB at a time, which are for nobody else. */
final class FedMember implements AutoCloseable {

    private static final String CLOSED = "close   1013 slow-consumer";

    private static final int AT_ONCE = 5;

    /** Far more than an outbox and all buffers of a connection hold. */
    private static final int MOST_PORTIONS = 2_000;

    private final Arena arena;
    private final Attacker sender;
    private final Attacker member;
    private final byte[] portion;

    /** One that reads all, or nothing. The sender has to be a member of the channel. */
    FedMember(Arena arena, Attacker sender, boolean reads) {
        this.arena = arena;
        this.sender = sender;
        this.member = reads ? Attacker.connect(arena.port()) : Attacker.connectSlow(arena.port());
        this.portion = Frames.signalTo(member.greeted(), "x".repeat(60_000));
        member.write(Frames.join(Bystanders.CHANNEL));
        if (reads) {
            member.readOn();
        }
    }

    /** By what it could come back. */
    String token() {
        return member.token();
    }

    void feed() {
        sender.write(portion);
    }

    /** Whether the server has closed it because it does not read. To be asked until that is so. */
    boolean isClosed() {
        return arena.target().takeLine(CLOSED);
    }

    /** Feeds it until it has been closed, no faster than a member may send, and gives how much heap it took at most, in KB. */
    long cost() {
        long before = footprint();
        long most = 0;
        for (int portions = 0; !isClosed(); portions += AT_ONCE) {
            if (portions > MOST_PORTIONS) {
                throw new AssertionError("it is not closed, though it has not read " + portions + " portions");
            }
            for (int i = 0; i < AT_ONCE; i++) {
                feed();
            }
            arena.bystanders().await(6); // of which there are twenty a second
            most = Math.max(most, footprint() - before);
        }
        return most;
    }

    private long footprint() {
        return arena.bystanders().inSilence(arena.target()::footprint).heap();
    }

    void leave() {
        member.leave();
    }

    @Override
    public void close() {
        member.close();
    }
}
