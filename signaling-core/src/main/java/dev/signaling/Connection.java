package dev.signaling;

import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.PeerId;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a transport's: the way in from the peer at its other end.
 *
 * <p>Messages are handled in the order in which they are received, one at a time: what follows one that the store has not
 * answered yet waits for it, in a bounded queue. Methods may be called by any thread, do not block, and throw nothing on
 * account of what a peer sent.
 *
 * <p>A peer whose format has a way back ({@link Terms#resumable()}) may outlive its connection, and go on over another
 * one: what comes over the earlier one from then on is not its word any more and is passed over.
 */
public final class Connection {

    private static final Logger LOGGER = System.getLogger(Connection.class.getName());

    private final Outbox outbox;
    private final long number;

    // Written under the peer's lock; of two peers', when one goes on in place of the other.
    private volatile Peer peer;
    private volatile @Nullable CloseStatus ended; // written once
    private boolean spoken;

    Connection(SignalingHub hub, PeerId peer, Outbox outbox, Terms terms, Standing standing) {
        this.outbox = outbox;
        this.number = hub.nextConnection();
        this.peer = new Peer(hub, peer, this, terms, standing);
    }

    /**
     * Who is at the other end. Another peer than at first once the connection has been {@linkplain
     * ClientMessage.Resume resumed}: the one that lost an earlier connection.
     */
    public PeerId peer() {
        return peer.id();
    }

    /** Why the connection is over; empty while it is not. */
    public Optional<CloseStatus> ended() {
        return Optional.ofNullable(ended);
    }

    /**
     * Handles a message as {@link #receive(ClientMessage, int)} does, where nobody knows how long its text was: it counts
     * for about as long as a dialect would write it.
     */
    public void receive(ClientMessage message) {
        receive(message, (int) Math.min(Integer.MAX_VALUE, Weight.of(message)));
    }

    /**
     * Handles a message of the peer's. Does nothing once the connection has ended.
     *
     * @param characters how long the text was in which it came, in UTF-16 units: counts against the {@linkplain
     *     Limits#charactersPerSecond() rate of characters}
     * @throws IllegalArgumentException if that is negative
     */
    public void receive(ClientMessage message, int characters) {
        requireLength(characters);
        peer.intake().receive(this, Objects.requireNonNull(message), characters);
    }

    /**
     * Answers a text that is no message with an error. It counts against the peer's rates like a message.
     *
     * @param detail what is wrong, in words fit to be shown to the peer
     * @param id of the message, if it could be read and had one
     * @param characters how long the text was, in UTF-16 units
     * @throws IllegalArgumentException if that is negative
     */
    public void refuse(ErrorCode code, String detail, Optional<String> id, int characters) {
        requireLength(characters);
        peer.intake().refuse(this, code, detail, id, characters);
    }

    private static void requireLength(int characters) {
        if (characters < 0) {
            throw new IllegalArgumentException("no length: " + characters);
        }
    }

    /**
     * Ends the connection: the outbox is closed with the status. To be called by the adapter when the transport has ended
     * or has to. A second call has no effect.
     *
     * <p>A peer that may come back stays in its channels for {@link Limits#resumeGrace()} if the connection was {@linkplain
     * CloseStatus#LOST lost} or has {@linkplain CloseStatus#TIMED_OUT timed out}, and what it is sent is kept; unless
     * nothing has ever come over the connection, or as many are waited for as there may be {@linkplain
     * Limits#connections() connections}. After any other end, and every other peer after each, it leaves its channels, as
     * soon as the store has answered what it was asked before.
     */
    public void disconnect(CloseStatus status) {
        Peer told;
        do {
            told = peer;
            told.disconnect(this, status);
        } while (told != peer); // it became another's in between: that one has to be told
    }

    /** Greater than that of every connection that was made before. */
    long number() {
        return number;
    }

    /** The peer at the other end. */
    Peer at() {
        return peer;
    }

    /** Gives the connection to another peer. Called under the locks of both. */
    void passTo(Peer next) {
        peer = next;
    }

    /** Notes the end. Called under the peer's lock, once. */
    void end(CloseStatus status) {
        ended = status;
    }

    /** Whether this is the first that comes over it. Called under the peer's lock, for everything that comes. */
    boolean speaksFirst() {
        boolean first = !spoken;
        spoken = true;
        return first;
    }

    /** Whether anything has ever come over it. Called under the peer's lock. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Gives a message to the outbox. One that does not take it ends the connection; false then. */
    boolean offer(Delivery delivery) {
        try {
            if (outbox.offer(delivery)) {
                return true;
            }
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the outbox of " + peer() + " threw", e);
            disconnect(CloseStatus.INTERNAL_ERROR);
            return false;
        }
        disconnect(CloseStatus.SLOW_CONSUMER);
        return false;
    }

    /** Closes the outbox. Called without a lock. */
    void close(CloseStatus status) {
        attempt(() -> outbox.close(status));
    }

    /** Closes the outbox behind a last message, if there is one. Called without a lock. */
    void close(CloseStatus status, Optional<Delivery> lastWord) {
        if (lastWord.isPresent() && attempt(() -> outbox.close(status, lastWord.get()))) {
            return;
        }
        close(status);
    }

    private boolean attempt(Runnable call) {
        try {
            call.run();
            return true;
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the outbox of " + peer() + " threw", e);
            return false;
        }
    }
}
