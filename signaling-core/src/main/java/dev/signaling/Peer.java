package dev.signaling;

import dev.signaling.Rate.Ruling;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.message.ServerMessage.Failure;
import dev.signaling.message.ServerMessage.FreshIceServers;
import dev.signaling.message.ServerMessage.Resumption;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Terms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One peer, over whatever connection it speaks: who it is, its way out, and its end. One whose format has a way back lives
 * on when its connection is lost, until it comes back over another one or its grace is over.
 *
 * <p>The lock is the peer's own and held for a few instructions, never while calling out. Inside of it the backlog's may be
 * taken. The locks of two peers are held by {@link Resumptions} alone.
 */
final class Peer {

    private static final Logger LOGGER = System.getLogger(Peer.class.getName());

    /** How long one that has ended keeps its place among the connections while the store does not answer. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);

    private final SignalingHub hub;
    private final PeerId id;
    private final Memberships memberships;
    private final Intake intake;
    private final Standing standing; // its connection's
    private final boolean renewable;
    private final @Nullable Backlog backlog; // none if there is no way back
    private final @Nullable Pass pass; // as well
    private final @Nullable PeerIceServers iceServers; // none if the host has none, or its format has no words for them

    // all below: written under the lock
    private volatile @Nullable Connection line; // none while it is lost, and at the end
    private volatile @Nullable CloseStatus ended; // written once
    private boolean awaited; // lost its connection, and has not come back
    private long since; // when it came, came back or was lost
    private OptionalLong leaving = OptionalLong.empty(); // when it was first seen to have ended without a farewell

    Peer(SignalingHub hub, PeerId id, Connection line, Terms terms, Standing standing) {
        this.hub = hub;
        this.id = id;
        this.line = line;
        this.standing = standing;
        this.renewable = terms.renewable();
        this.memberships = new Memberships(this, hub, terms);
        this.intake = new Intake(this, hub, memberships);
        this.backlog = terms.resumable() ? new Backlog(hub.limits(), line) : null;
        this.pass = terms.resumable() ? new Pass(hub.resumptions().tokens(), this, line) : null;
        this.iceServers = terms.iceServers() && hub.hasIceServers()
                ? new PeerIceServers(hub.hostIceServers(), hub.clock(), hub.limits(), id)
                : null;
        this.since = hub.clock().millis();
    }

    PeerId id() {
        return id;
    }

    /** Who it is to the host. */
    Identity identity() {
        return standing.identity();
    }

    /** Why it is one no longer; empty while it is, also while it is waited for. */
    Optional<CloseStatus> ended() {
        return Optional.ofNullable(ended);
    }

    /** Says who it is: the first message of its first connection. */
    void greet() {
        greet(Optional.empty(), Optional.empty());
    }

    private void greet(Optional<String> fault, Optional<String> requestId) {
        Optional<IceConfiguration> told = iceServers == null ? Optional.empty() : iceServers.tell(identity());
        send(greeting(false, fault, told, requestId));
    }

    private Delivery greeting(
            boolean resumed, Optional<String> fault, Optional<IceConfiguration> told, Optional<String> requestId) {
        Pass shown = pass;
        Optional<Resumption> resumption = Optional.empty();
        if (shown != null) {
            synchronized (this) {
                resumption = Optional.of(new Resumption(shown.token(), resumed, intake.received(), fault));
            }
        }
        return new Delivery(new ServerMessage.ConnectionEstablished(id, resumption, told, requestId));
    }

    // ---- the way in

    Intake intake() {
        return intake;
    }

    /** Whether what comes over that connection is the peer's word: notes that something has. Called under the lock. */
    boolean hears(Connection from) {
        if (line != from) {
            return false; // it has ended, or the peer goes on over another one
        }
        if (pass != null) {
            pass.confirm();
        }
        return true;
    }

    /** The peer says that it has got so many messages. False if it was not sent as many. */
    boolean acknowledge(long count) {
        return backlog == null || backlog.acknowledge(count);
    }

    /** The peer shows a new token. False if it is refused. Called in its turn, without the lock. */
    boolean renew(String token) {
        Optional<Identity> next = standing.ask(token, id, hub.clock());
        if (next.isPresent()) {
            synchronized (this) {
                standing.renew(next.get());
            }
        }
        return next.isPresent();
    }

    /** The peer asks for fresh ICE servers. Called in its turn, without the lock. */
    void tellIceServers(ClientMessage.GetIceServers request) {
        if (iceServers == null) {
            send(new Delivery(new FreshIceServers(IceConfiguration.none(), request.id())));
            return;
        }
        Rate questions = iceServers.count();
        if (questions.ruling() != Ruling.PASS) {
            if (questions.ruling() == Ruling.FLOOD) {
                end(CloseStatus.RATE_LIMITED, Optional.empty());
            } else {
                fail(ErrorCode.RATE_LIMITED, questions.excess(), request.id());
            }
            return;
        }
        if (standing.isTold()) {
            fail(ErrorCode.ICE_SERVERS_UNAVAILABLE, "the token has ended", request.id());
            return;
        }
        Optional<IceConfiguration> told = iceServers.tell(identity());
        if (told.isPresent()) {
            send(new Delivery(new FreshIceServers(told.get(), request.id())));
        } else {
            fail(
                    ErrorCode.ICE_SERVERS_UNAVAILABLE,
                    "there are no ICE servers to be had, try again later",
                    request.id());
        }
    }

    /** A message could not be handled, through no fault of the peer's. */
    void failed(Throwable failure) {
        Faults.log(LOGGER, Level.ERROR, "a message of " + id + " could not be handled", failure);
        end(CloseStatus.INTERNAL_ERROR, Optional.empty());
    }

    /** The store has ended a membership, perhaps by itself. */
    void settle() {
        memberships.noteEnd();
        intake.settle();
    }

    // ---- the way out

    /** Takes a message for the peer. One that cannot take more ends; one that is lost gets it when it is back. */
    void send(Delivery delivery) {
        if (backlog != null) {
            backlog.add(delivery);
            return;
        }
        Connection to = line;
        if (to != null) {
            to.offer(delivery);
        }
    }

    /** Tells the peer that a message was not handled, and the host's listener too. Nothing to tell once it has ended. */
    void fail(ErrorCode code, String detail, Optional<String> messageId) {
        if (ended != null) {
            return;
        }
        send(new Delivery(new Failure(code, detail, messageId)));
        hub.listeners().refused(id, code, detail);
    }

    // ---- the end

    /**
     * That connection is over, and so is the peer, unless it has lost it and there is a way back. One that has not said a
     * word yet has nothing to come back to.
     */
    void disconnect(Connection from, CloseStatus status) {
        boolean isLost = status == CloseStatus.LOST || status == CloseStatus.TIMED_OUT;
        long now = hub.clock().millis();
        boolean waits = false;
        boolean through = false;
        synchronized (this) {
            if (line != from) {
                return;
            }
            if (backlog != null && isLost && from.hasSpoken() && hub.countAwaited()) {
                waits = true;
                from.end(status);
                line = null;
                awaited = true;
                since = now;
                backlog.suspend();
            } else {
                through = endNow(status);
            }
        }
        if (waits) {
            from.close(status);
            hub.listeners().suspended(id);
        } else {
            part(from, status, Optional.empty(), through);
        }
    }

    /** Ends it, over whatever connection it speaks, or none. */
    void end(CloseStatus status, Optional<Delivery> lastWord) {
        Connection last;
        boolean through;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            last = line;
            through = endNow(status);
        }
        part(last, status, lastWord, through);
    }

    /**
     * Ends it if it has waited too long for its first channel, or was waited for too long, or if its token has ended; of that
     * one that can show another is told first.
     */
    void expire(long now) {
        if (ended != null) {
            expireEnded(now);
            return;
        }
        if (standing.isDue(now)) {
            lapse(now);
        }
        Connection last = line;
        if (last != null && memberships.everJoined()) {
            return; // as most do
        }
        CloseStatus status;
        boolean through;
        synchronized (this) {
            last = line;
            status = last == null ? CloseStatus.TIMED_OUT : CloseStatus.JOIN_TIMEOUT;
            Duration most =
                    last == null ? hub.limits().resumeGrace() : hub.limits().joinDeadline();
            if (ended != null || (last != null && memberships.everJoined()) || now - since < most.toMillis()) {
                return;
            }
            through = endNow(status);
        }
        part(last, status, Optional.empty(), through);
    }

    /**
     * Tells it of fresh ICE servers if it is time; one that is waited for is told with its greeting, and one whose token has
     * ended when it has shown another one. True if the host was asked.
     */
    boolean refreshIceServers() {
        if (iceServers == null || ended != null || line == null || standing.isTold() || !iceServers.isDue()) {
            return false;
        }
        iceServers.tell(identity()).ifPresent(told -> send(new Delivery(new FreshIceServers(told, Optional.empty()))));
        return true;
    }

    /** Its farewell waits for an answer of the store's. If that takes too long, its place is given to another one. */
    private void expireEnded(long now) {
        boolean overdue;
        boolean wasAwaited;
        synchronized (this) {
            if (leaving.isEmpty()) {
                leaving = OptionalLong.of(now);
            }
            overdue = now - leaving.getAsLong() >= LONGEST_FAREWELL.toMillis();
            wasAwaited = awaited;
        }
        if (overdue) {
            hub.forget(this, wasAwaited);
        }
    }

    /** Its token has ended. Nobody is told of that while it is waited for: it may come back with another one. */
    private void lapse(long now) {
        Duration grace = hub.limits().tokenGrace();
        boolean isOver;
        boolean through = false;
        Connection last;
        synchronized (this) {
            last = line;
            if (last == null || !standing.isDue(now)) {
                return;
            }
            isOver = !renewable || standing.isTold();
            if (isOver) {
                through = endNow(CloseStatus.TOKEN_EXPIRED);
            } else {
                standing.tell(now + grace.toMillis());
            }
        }
        if (!isOver) {
            fail(
                    ErrorCode.TOKEN_EXPIRED,
                    "the token has ended, another one is taken for " + words(grace),
                    Optional.empty());
            return;
        }
        Failure lastWord = new Failure(ErrorCode.TOKEN_EXPIRED, "the token has ended", Optional.empty());
        if (!renewable) {
            hub.listeners().refused(id, lastWord.code(), lastWord.detail());
        }
        part(
                last,
                CloseStatus.TOKEN_EXPIRED,
                Optional.of(new Delivery(lastWord)).filter(word -> !renewable),
                through);
    }

    private static String words(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** Called under the lock, once. True if no message is being handled: then the farewell is the caller's to say. */
    private boolean endNow(CloseStatus status) {
        ended = status;
        if (line != null) {
            line.end(status);
        }
        line = null;
        if (pass != null) {
            pass.revoke();
        }
        return intake.close();
    }

    private void part(@Nullable Connection last, CloseStatus status, Optional<Delivery> lastWord, boolean through) {
        if (backlog != null) {
            backlog.finish(status, lastWord);
        } else if (last != null) {
            last.close(status, lastWord);
        }
        if (through) { // else the thread that handles a message says the farewell when it is
            sayFarewell(status);
        }
    }

    /** Called once, by the thread that is busy, after the last message. */
    void sayFarewell(CloseStatus status) {
        Farewells.say(() -> {
            hub.forget(this, awaited);
            memberships.leaveAll(status.leaveReason());
            hub.listeners().disconnected(id, status);
        });
    }

    // ---- the way back: called by Resumptions alone, under the locks of both peers

    /** Whether that is its connection. */
    boolean speaksOver(Connection connection) {
        return line == connection;
    }

    /** Tells whether the peer can go on over that connection, which a fresh one was given. */
    Backlog.Fit fit(Peer fresh, Connection next, ClientMessage.Resume request, long now) {
        return ended == null
                        && standing.canBecome(fresh.standing, now)
                        && backlog != null
                        && pass != null
                        && fresh.backlog != null
                        && pass.admits(request, next)
                ? backlog.fit(request.received())
                : Backlog.Fit.WRONG;
    }

    /** What it is to be told if it goes on in the place of the fresh one. Called without a lock. */
    Optional<IceConfiguration> iceServersFor(Peer fresh, long now) {
        return iceServers != null && standing.canBecome(fresh.standing, now)
                ? iceServers.ask(fresh.identity())
                : Optional.empty();
    }

    /** Goes on over that connection, which {@linkplain #fit fits}. What it returns is to be done without a lock. */
    Runnable takeOver(
            Peer fresh, Connection next, ClientMessage.Resume request, long now, Optional<IceConfiguration> told) {
        Backlog unsent = Objects.requireNonNull(backlog);
        @Nullable Connection earlier = line;
        if (earlier != null) {
            earlier.end(CloseStatus.REPLACED);
        }
        fresh.vanish();
        hub.forget(fresh, awaited); // whose place among the connections is this one's now
        awaited = false;
        standing.takeOver(fresh.standing); // what the host knows may have changed
        Objects.requireNonNull(pass).renew(request, next);
        intake.beginAnew();
        next.passTo(this);
        line = next;
        since = now;
        if (iceServers != null) {
            iceServers.note(told, now);
        }
        Delivery greeting = greeting(true, Optional.empty(), told, request.id());
        boolean pumps = unsent.resume(next, greeting, request.received());
        return () -> {
            if (earlier != null) {
                earlier.close(CloseStatus.REPLACED);
            }
            hub.listeners().resumed(id, fresh.id);
            if (pumps) {
                unsent.pump();
            }
            memberships.narrowLater();
            intake.settle();
        };
    }

    /** Another peer has its connection from now on, and nobody is told that it has ever been. */
    private void vanish() {
        if (backlog != null) {
            backlog.letGo();
        }
        line = null; // which has not ended
        endNow(CloseStatus.REPLACED);
    }

    /** Ends it, since there is a gap in what was kept. What it returns is to be done without a lock. */
    Runnable giveWay(Peer fresh, ClientMessage.Resume request) {
        @Nullable Connection earlier = line;
        boolean through = endNow(CloseStatus.REPLACED);
        return () -> {
            part(earlier, CloseStatus.REPLACED, Optional.empty(), through);
            fresh.greet(Optional.of("overflow"), request.id()); // why it stays who it is
        };
    }
}
