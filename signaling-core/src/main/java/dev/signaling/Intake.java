package dev.signaling;

import dev.signaling.Rate.Ruling;
import dev.signaling.Turns.Turn;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way in from one peer, over whatever connection it speaks: how many messages have come, whether they or their
 * characters come too fast, and what each of them asks for.
 *
 * <p>What is here is guarded by the peer's lock, which is not held while a message is handled.
 */
final class Intake {

    private final Peer peer;
    private final SignalingHub hub;
    private final Memberships memberships;
    private final Turns turns;
    private final Rate messages;
    private final Rate characters; // of those messages that do not come too fast
    private long received;

    Intake(Peer peer, SignalingHub hub, Memberships memberships) {
        this.peer = peer;
        this.hub = hub;
        this.memberships = memberships;
        this.turns = new Turns(peer, this, memberships, hub.limits());
        Limits limits = hub.limits();
        this.messages = new Rate("messages", limits.messagesPerSecond(), limits.messageBurst());
        this.characters = new Rate("characters", limits.charactersPerSecond(), limits.characterBurst());
    }

    /** How many have come of those that count, over all connections. Called under the lock. */
    long received() {
        return received;
    }

    /** It goes on over another connection, with a new burst: what is sent again shall not count twice. Called under the lock. */
    void beginAnew() {
        messages.beginAnew();
        characters.beginAnew();
    }

    /** Takes nothing more. Called under the lock, once. True if no message is being handled. */
    boolean close() {
        return turns.close();
    }

    /** The store has ended a membership, perhaps by itself. Called without the lock. */
    void settle() {
        turns.settle();
    }

    /** Handles a message of so many characters that came over that connection. */
    void receive(Connection from, ClientMessage message, int length) {
        long now = hub.clock().millis();
        Rate rate;
        Ruling ruling;
        Turn turn = Turn.NEVER;
        boolean first;
        synchronized (peer) {
            if (!peer.hears(from)) {
                return;
            }
            first = from.speaksFirst();
            if (!(message instanceof ClientMessage.Ping
                    || message instanceof ClientMessage.Resume
                    || message instanceof ClientMessage.GetIceServers)) {
                received++; // the client counts likewise what it need not send again
            }
            rate = count(now, length);
            ruling = rate.ruling();
            if (ruling == Ruling.PASS) {
                turn = turns.take(message);
            }
        }
        if (ruling != Ruling.PASS) {
            refuse(ruling, rate, message.id());
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

    /** Answers a text of so many characters that came over that connection and is no message. */
    void refuse(Connection from, ErrorCode code, String detail, Optional<String> messageId, int length) {
        long now = hub.clock().millis();
        Rate rate;
        Ruling ruling;
        synchronized (peer) {
            if (!peer.hears(from)) {
                return;
            }
            from.speaksFirst();
            received++;
            rate = count(now, length);
            ruling = rate.ruling();
        }
        if (ruling == Ruling.PASS) {
            peer.fail(code, detail, messageId);
        } else {
            refuse(ruling, rate, messageId);
        }
    }

    /** Counts what came, and gives the rate that has ruled on it. Called under the lock. */
    private Rate count(long now, int length) {
        if (messages.rule(now) != Ruling.PASS) {
            return messages;
        }
        characters.rule(now, length);
        return characters;
    }

    private void refuse(Ruling ruling, Rate rate, Optional<String> messageId) {
        if (ruling == Ruling.FLOOD) {
            peer.end(CloseStatus.RATE_LIMITED, Optional.empty());
        } else if (ruling == Ruling.FIRST_REFUSED) {
            peer.fail(ErrorCode.RATE_LIMITED, rate.excess(), messageId);
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
            } else if (message instanceof ClientMessage.GetIceServers request) {
                peer.tellIceServers(request);
                return Memberships.DONE;
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
