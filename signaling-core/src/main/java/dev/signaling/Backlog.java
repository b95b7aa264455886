package dev.signaling;

import dev.signaling.message.CloseStatus;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way out to a peer that may come back: keeps what it is sent until it says that it has got it, and sends it again over
 * the next connection.
 *
 * <p>Messages are numbered from 1, over all connections of the peer, in the order in which they are given to an outbox;
 * greetings, pongs, ICE servers and the word that the server goes away are not, since they belong to one connection. One lock guards
 * what is kept and what is still to be given away, and is not held while an outbox is called: that does one thread at a
 * time, for all that bring messages meanwhile. Where the peer's lock is held too, it was taken before this one.
 */
final class Backlog {

    /** How well what the peer says it has got fits to what it was sent. */
    enum Fit {
        /** What it has not got is kept. */
        KEPT,
        /** Some of what it has not got is not kept any more: there was too much of it. */
        OVERFLOWN,
        /** It cannot have got that many, or has already said that it got more. */
        WRONG
    }

    private final int mostMessages;
    private final int mostCharacters;

    // all below: guarded by this
    private final WeighedQueue<Delivery> kept = new WeighedQueue<>(Weight::of); // the numbers gone + 1 to added
    private final WeighedQueue<Delivery> unsent = new WeighedQueue<>(Weight::of); // over the connection there is now
    private long added;
    private long gone; // the last that is not kept any more
    private long acknowledged; // the last that the peer said it got
    private long offered; // the last that any connection was given
    private long offeredHere; // the last that this connection was given
    private @Nullable Connection line; // none while it is lost, and at the end
    private boolean pumping;
    private boolean over;
    private @Nullable CloseStatus closing; // by the thread that pumps, when it is through

    Backlog(Limits limits, Connection line) {
        mostMessages = limits.outboxMessages();
        mostCharacters = limits.outboxCharacters();
        this.line = line;
    }

    /** Sends a message, after all that were added before, or keeps it while there is no connection. */
    void add(Delivery delivery) {
        @Nullable Connection stuck = null;
        synchronized (this) {
            if (over) {
                return;
            }
            if (isCounted(delivery)) {
                keep(delivery);
            }
            if (line == null) {
                return;
            }
            // all that was kept may be unsent, and as much again
            if (unsent.size() <= 2L * mostMessages && unsent.characters() <= 2L * mostCharacters) {
                unsent.add(delivery);
                if (pumping) {
                    return;
                }
                pumping = true;
            } else {
                stuck = line;
            }
        }
        if (stuck == null) {
            pump();
        } else {
            stuck.disconnect(CloseStatus.SLOW_CONSUMER);
        }
    }

    /** The connection is lost: from now on everything is kept. */
    synchronized void suspend() {
        line = null;
        unsent.clear();
        if (gone > offered) {
            forgetAll(); // there is a gap already
        }
    }

    /** Tells whether the peer can go on after so many messages. */
    synchronized Fit fit(long received) {
        if (received > offered || received < acknowledged) {
            return Fit.WRONG;
        }
        return received < gone ? Fit.OVERFLOWN : Fit.KEPT;
    }

    /**
     * Goes on over another connection: with the greeting, and then with what is kept beyond what the peer has got, which is
     * known to {@linkplain #fit fit}.
     *
     * @return whether the caller has to {@link #pump()} as soon as it holds no lock
     */
    synchronized boolean resume(Connection next, Delivery greeting, long received) {
        drop(received);
        line = next;
        offeredHere = received;
        unsent.clear();
        unsent.add(greeting);
        unsent.addAll(kept);
        boolean idle = !pumping;
        pumping = true;
        return idle;
    }

    /** Notes that the peer has got so many: they are not kept any longer. False if it was not sent as many. */
    synchronized boolean acknowledge(long received) {
        if (received > offered) {
            return false;
        }
        drop(received);
        return true;
    }

    /**
     * The end: keeps and takes nothing more, and closes the outbox, if there is one, behind what it has been given and that
     * last word. If another thread is about to give it more, behind that, unless the peer does not read any more.
     */
    void finish(CloseStatus status, Optional<Delivery> lastWord) {
        @Nullable Connection last;
        synchronized (this) {
            over = true;
            forgetAll();
            last = line;
            if (last != null && pumping && isHeardOut(status)) {
                lastWord.ifPresent(unsent::add);
                closing = status;
                return;
            }
            line = null;
            unsent.clear();
        }
        if (last != null) {
            last.close(status, lastWord);
        }
    }

    /** The end of a backlog whose connection goes on as another's. */
    synchronized void letGo() {
        over = true;
        line = null;
        unsent.clear();
        forgetAll();
    }

    /** Gives the outbox what is unsent. Called without a lock by the thread that has set the flag. */
    void pump() {
        while (true) {
            @Nullable Connection to;
            @Nullable Delivery next;
            @Nullable CloseStatus status;
            synchronized (this) {
                to = line;
                next = unsent.poll();
                status = closing;
                if (next == null) {
                    pumping = false;
                    if (status != null) {
                        line = null;
                    }
                } else if (isCounted(next)) {
                    offeredHere++;
                    offered = Math.max(offered, offeredHere);
                }
            }
            if (to == null || next == null) {
                if (to != null && status != null) {
                    to.close(status);
                }
                return;
            }
            if (!to.offer(next)) {
                giveUp(to);
            }
        }
    }

    /** That connection has ended; if there is another one by now, that is none of its concern. */
    private synchronized void giveUp(Connection broken) {
        if (line == broken) {
            unsent.clear();
        }
    }

    /** Called under the lock. */
    private void keep(Delivery delivery) {
        added++;
        if (line == null && gone > offered) {
            gone = added; // there is a gap before it
            return;
        }
        kept.add(delivery);
        while (kept.size() > mostMessages || kept.characters() > mostCharacters) {
            if (line == null) {
                forgetAll();
            } else {
                forgetFirst(); // it most likely has arrived; if not, there is no way back
            }
        }
    }

    private void drop(long received) {
        acknowledged = Math.max(acknowledged, received);
        while (gone < received) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        kept.poll();
        gone++;
    }

    private void forgetAll() {
        kept.clear();
        gone = added;
    }

    /** Whether a peer whose connection ends like that may still read what comes before the end. */
    private static boolean isHeardOut(CloseStatus status) {
        return status != CloseStatus.SLOW_CONSUMER
                && status != CloseStatus.TIMED_OUT
                && status != CloseStatus.GONE
                && status != CloseStatus.LOST;
    }

    private static boolean isCounted(Delivery delivery) {
        ServerMessage message = delivery.message();
        return !(message instanceof ServerMessage.ConnectionEstablished
                || message instanceof ServerMessage.Pong
                || message instanceof ServerMessage.FreshIceServers
                || message instanceof ServerMessage.GoingAway);
    }
}
