package dev.signaling;

import dev.signaling.MessageRate.Ruling;
import dev.signaling.Turns.Turn;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way in from one peer, over whatever connection it speaks: how many messages have come, whether they come too fast,
 * and what each of them asks for.
 *
 * <p>What is here is guarded by the peer's lock, which is not held while a message is handled.
 */
final class Intake {

    private final Peer peer;
    private final SignalingHub hub;
    private final Memberships memberships;
    private final Turns turns;
    private final MessageRate rate;
    private long received;

    Intake(Peer peer, SignalingHub hub, Memberships memberships) {
        this.peer = peer;
        this.hub = hub;
        this.memberships = memberships;
        this.turns = new Turns(peer, this, memberships, hub.limits());
        this.rate =
                new MessageRate(hub.limits().messagesPerSecond(), hub.limits().messageBurst());
    }

    /** How many have come of those that count, over all connections. Called under the lock. */
    long received() {
        return received;
    }

    /** It goes on over another connection, with a new burst: what is sent again shall not count twice. Called under the lock. */
    void beginAnew() {
        rate.beginAnew();
    }

    /** Takes nothing more. Called under the lock, once. True if no message is being handled. */
    boolean close() {
        return turns.close();
    }

    /** The store has ended a membership, perhaps by itself. Called without the lock. */
    void settle() {
        turns.settle();
    }

    /** Handles a message that came over that connection. */
    void receive(Connection from, ClientMessage message) {
        long now = hub.clock().millis();
        Ruling ruling;
        Turn turn = Turn.NEVER;
        boolean first;
        synchronized (peer) {
            if (!peer.hears(from)) {
                return;
            }
            first = from.speaksFirst();
            if (!(message instanceof ClientMessage.Ping || message instanceof ClientMessage.Resume)) {
                received++; // the client counts likewise what it need not send again
            }
            ruling = rate.rule(now);
            if (ruling == Ruling.PASS) {
                turn = turns.take(message);
            }
        }
        if (ruling != Ruling.PASS) {
            refuse(ruling, message.id());
        } else if (turn == Turn.NEVER) {
            peer.fail(ErrorCode.RATE_LIMITED, "too many earlier messages are waiting", message.id());
        } else if (turn == Turn.NOW && first && message instanceof ClientMessage.Resume resume) {
            hub.resumptions().resume(peer, from, resume, now);
            if (from.at() == peer) { // else the connection is another peer's now, and this one says no farewell
                turns.goOn();
            }
        } else if (turn == Turn.NOW) {
            turns.handleFrom(message);
        }
    }

    /** Answers a text that came over that connection and is no message. */
    void refuse(Connection from, ErrorCode code, String detail, Optional<String> messageId) {
        long now = hub.clock().millis();
        Ruling ruling;
        synchronized (peer) {
            if (!peer.hears(from)) {
                return;
            }
            from.speaksFirst();
            received++;
            ruling = rate.rule(now);
        }
        if (ruling == Ruling.PASS) {
            peer.fail(code, detail, messageId);
        } else {
            refuse(ruling, messageId);
        }
    }

    private void refuse(Ruling ruling, Optional<String> messageId) {
        if (ruling == Ruling.FLOOD) {
            peer.end(CloseStatus.RATE_LIMITED, Optional.empty());
        } else if (ruling == Ruling.FIRST_REFUSED) {
            int most = hub.limits().messagesPerSecond();
            peer.fail(
                    ErrorCode.RATE_LIMITED, "too many messages at once, the limit is " + most + " a second", messageId);
        }
    }

    /** The one place where the client's messages are told apart. Called without the lock, in the message's turn. */
    CompletableFuture<?> handle(ClientMessage message) {
        try {
            if (message instanceof ClientMessage.Signal signal) {
                return memberships.signal(signal);
            } else if (message instanceof ClientMessage.JoinChannel join) {
                return memberships.join(join);
            } else if (message instanceof ClientMessage.LeaveChannel leave) {
                return memberships.leave(leave);
            } else if (message instanceof ClientMessage.Ping ping) {
                answer(ping);
                return Memberships.DONE;
            } else if (message instanceof ClientMessage.RefreshToken refresh) {
                return renew(refresh);
            } else if (message instanceof ClientMessage.Resume resume) {
                Resumptions.refuse(peer, resume); // not the first of its connection, or it would not come here
                return Memberships.DONE;
            }
            throw new IllegalStateException("no handling of " + message.getClass());
        } catch (Throwable e) {
            peer.failed(e);
            return Memberships.DONE;
        }
    }

    private CompletableFuture<?> renew(ClientMessage.RefreshToken request) {
        if (!peer.renew(request.token())) {
            peer.fail(ErrorCode.NOT_ALLOWED, "the token is not taken", request.id());
            return Memberships.DONE;
        }
        peer.send(new Delivery(new ServerMessage.TokenRefreshed(request.id())));
        return memberships.narrow();
    }

    private void answer(ClientMessage.Ping ping) {
        if (ping.received().isPresent() && !peer.acknowledge(ping.received().get())) {
            peer.fail(ErrorCode.INVALID_FIELD, "received is more than was sent", ping.id());
            return;
        }
        long count;
        synchronized (peer) {
            count = received;
        }
        peer.send(new Delivery(new ServerMessage.Pong(count, ping.id())));
    }
}
