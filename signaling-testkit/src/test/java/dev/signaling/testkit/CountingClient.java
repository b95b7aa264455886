package dev.signaling.testkit;

import dev.signaling.Connection;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client of a format with a way back, as small as it can be: it counts what comes, keeps what it has sent until the server
 * has got it, and when its wire is cut, comes back over another one and sends the rest again.
 *
 * <p>{@link #say} may be called by any thread; what is about wires, by one thread: the network.
 */
final class CountingClient {

    /** A receipt comes at latest after so many messages. */
    private static final int RECEIPT_EVERY = 50;

    private final SignalingHub hub;
    private final int mostKept;

    // guarded by this
    private final ArrayDeque<ClientMessage> unacknowledged = new ArrayDeque<>();
    private final List<ServerMessage> heard = new ArrayList<>();
    private long acknowledged; // by the server, of all that were ever sent
    private long received;
    private String token = "";
    private Optional<PeerId> peer = Optional.empty();
    private boolean open; // else what is said waits for the answer
    private boolean receiptUnderWay;
    private int toldOfIceServers;
    private @Nullable Wire wire;

    /** A client that keeps so many messages at most that are not known to have come. */
    CountingClient(SignalingHub hub, int mostKept) {
        this.hub = hub;
        this.mostKept = mostKept;
    }

    /** Sends a message, now or as soon as there is a wire again. */
    synchronized void say(ClientMessage message) {
        Waiting.until(this, () -> unacknowledged.size() < mostKept, () -> "nothing was acknowledged");
        unacknowledged.add(message);
        if (open && wire != null) {
            wire.send(message);
        }
    }

    /** Waits until so many that count have come. */
    synchronized void awaitHeard(int count) {
        Waiting.until(this, () -> heard.size() >= count, () -> "only " + heard.size() + " of " + count + " have come");
    }

    /** All that came and counts, in order. */
    synchronized List<ServerMessage> heard() {
        return List.copyOf(heard);
    }

    // ---- the network

    /** Opens a wire, and comes back over it if there was one before, which nobody reads any more. */
    void connect() {
        Wire next = new Wire();
        synchronized (this) {
            wire = next;
            open = false;
            if (peer.isPresent()) {
                next.send(new ClientMessage.Resume(token, received, Optional.empty()));
            }
        }
        next.connection = hub.connect(next, Terms.RESUMABLE);
    }

    /** Carries a message to the server, if there is one on the wire. */
    boolean carryUp() {
        return wire().carryUp();
    }

    /** Carries a message from the server, if there is one on the wire. */
    boolean carryDown() {
        Optional<ServerMessage> message = wire().takeDown();
        message.ifPresent(this::hear);
        return message.isPresent();
    }

    /** Says what has come, so that the server need keep it no longer. */
    synchronized void sendReceipt() {
        if (open && wire != null && !receiptUnderWay) {
            receiptUnderWay = true;
            wire.send(new ClientMessage.Ping(Optional.of(received), Optional.empty()));
        }
    }

    /** Asks for fresh ICE servers, on the wire that there is: if it is lost, so is the question. */
    synchronized void askForIceServers() {
        if (open && wire != null) {
            wire.send(new ClientMessage.GetIceServers(Optional.empty()));
        }
    }

    /** How often it was told of ICE servers, asked for or not, besides in greetings. */
    synchronized int toldOfIceServers() {
        return toldOfIceServers;
    }

    /** The wire that there is. */
    synchronized Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("connect first");
        }
        return wire;
    }

    private synchronized void hear(ServerMessage message) {
        if (message instanceof ServerMessage.ConnectionEstablished established) {
            established.resumption().ifPresent(resumption -> beGreeted(established.peer(), resumption));
        } else if (message instanceof ServerMessage.Pong pong) {
            receiptUnderWay = false;
            forget(pong.received());
        } else if (message instanceof ServerMessage.FreshIceServers) {
            toldOfIceServers++;
        } else if (!(message instanceof ServerMessage.GoingAway)) {
            heard.add(message);
            received++;
            notifyAll();
            if (received % RECEIPT_EVERY == 0) {
                sendReceipt();
            }
        }
    }

    private void beGreeted(PeerId greeted, ServerMessage.Resumption resumption) {
        if (peer.isEmpty()) {
            peer = Optional.of(greeted);
            token = resumption.token();
        } else if (!resumption.resumed()) {
            if (resumption.fault().isPresent()) {
                throw new AssertionError("not resumed: " + resumption);
            }
            return; // who it would be if it did not come back
        } else {
            token = resumption.token();
            forget(resumption.received());
        }
        open = true;
        receiptUnderWay = false;
        Wire line = wire();
        unacknowledged.forEach(line::send);
    }

    private void forget(long got) {
        while (acknowledged < got) {
            unacknowledged.remove();
            acknowledged++;
        }
        notifyAll();
    }

    /** Takes messages in both directions, of which those are lost that are on it when nobody carries any more. */
    static final class Wire implements Outbox {

        private final ArrayDeque<ClientMessage> up = new ArrayDeque<>();
        private final ArrayDeque<ServerMessage> down = new ArrayDeque<>();
        private boolean closed;
        private volatile Optional<Connection> connection = Optional.empty();

        synchronized void send(ClientMessage message) {
            up.add(message);
        }

        @Override
        public synchronized boolean offer(Delivery delivery) {
            if (!closed) {
                down.add(delivery.message());
            }
            return true;
        }

        @Override
        public synchronized void close(CloseStatus status) {
            closed = true;
        }

        boolean carryUp() {
            ClientMessage message;
            synchronized (this) {
                message = up.poll();
            }
            if (message != null) {
                connection.orElseThrow().receive(message);
            }
            return message != null;
        }

        synchronized Optional<ServerMessage> takeDown() {
            return Optional.ofNullable(down.poll());
        }

        /** The server notices that nobody is there. */
        void lose() {
            connection.orElseThrow().disconnect(CloseStatus.LOST);
        }
    }
}
