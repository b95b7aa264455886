package dev.signaling;

import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The order of one peer's messages: one at a time, by whichever thread brings one while none is being handled. It goes on
 * with what other threads bring meanwhile. Where the store answers later, the thread that brings the answer goes on.
 *
 * <p>What is here is guarded by the peer's lock, which is not held while a message is handled.
 */
final class Turns {

    /** When a message's turn is. */
    enum Turn {
        NOW,
        LATER,
        /** Too many are waiting. */
        NEVER
    }

    private final Peer peer;
    private final Intake intake;
    private final Memberships memberships;
    private final Limits limits;
    private boolean busy;
    private @Nullable WeighedQueue<ClientMessage> waiting;

    Turns(Peer peer, Intake intake, Memberships memberships, Limits limits) {
        this.peer = peer;
        this.intake = intake;
        this.memberships = memberships;
        this.limits = limits;
    }

    /** Takes a message. Called under the lock; if its turn is now, it is the caller's to {@linkplain #handleFrom handle}. */
    Turn take(ClientMessage message) {
        if (!busy) {
            busy = true;
            return Turn.NOW;
        }
        if (waiting == null) {
            waiting = new WeighedQueue<>(Weight::of);
        }
        // as many may wait as may come at once, or some of what a client sends again when it comes back would be lost
        if (waiting.size() >= limits.messageBurst() || waiting.characters() >= limits.waitingCharacters()) {
            return Turn.NEVER;
        }
        waiting.add(message);
        return Turn.LATER;
    }

    /**
     * Ends all turns, for good. Called under the lock, once.
     *
     * @return whether none is under way. If one is, the thread whose it is says the peer's farewell at its end
     */
    boolean close() {
        boolean through = !busy;
        busy = true;
        waiting = null;
        return through;
    }

    /** Handles a message, and those that wait behind it. Called without the lock. */
    void handleFrom(ClientMessage first) {
        goOnAfter(intake.handle(first));
    }

    /** Handles what waits, after a message that the caller has handled itself. Called without the lock. */
    void goOn() {
        goOnAfter(next());
    }

    private void goOnAfter(@Nullable CompletableFuture<?> begun) {
        @Nullable CompletableFuture<?> outcome = begun;
        while (outcome != null) {
            boolean isLate = !outcome.isDone();
            if (isLate || outcome.isCompletedExceptionally()) {
                var unused = outcome.whenComplete((result, failure) -> {
                    if (failure != null) {
                        peer.failed(failure);
                    }
                    if (isLate) {
                        goOn();
                    }
                });
            }
            if (isLate) {
                return;
            }
            outcome = next();
        }
    }

    /**
     * The store has ended a membership, perhaps by itself, or what the peer may do has changed: sees to it, now or behind the
     * message under way.
     */
    void settle() {
        synchronized (peer) {
            if (busy) {
                return;
            }
            busy = true;
        }
        goOn();
    }

    /** Begins what is next; null if there is nothing now, or for good. */
    private @Nullable CompletableFuture<?> next() {
        @Nullable CloseStatus status;
        do {
            memberships.forgetEnded();
            if (memberships.isToBeNarrowed()) {
                return memberships.narrow();
            }
            @Nullable ClientMessage next = null;
            synchronized (peer) {
                status = peer.ended().orElse(null);
                if (status == null) {
                    next = waiting == null ? null : waiting.poll();
                    if (next == null && !memberships.hasEnded() && !memberships.isToBeNarrowed()) {
                        busy = false; // else another thread has just said so, and left it to this one
                        waiting = null;
                        return null;
                    }
                }
            }
            if (next != null) {
                return intake.handle(next);
            }
        } while (status == null);
        peer.sayFarewell(status);
        return null;
    }
}
