package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/** One of two that speak signaling.v1, are cut off again and again, come back, and miss nothing. */
final class ReturningPeer {

    private final Crowd crowd;
    private final String channel;
    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
    private ReturningPeer other = this;
    private Optional<Wire> wire = Optional.empty();
    private String token = "";
    private boolean joined;
    private boolean open; // else what is said waits
    private long acknowledged;
    private long received;
    private long cutNanos;
    private long said;
    private long heard; // of what the other said

    ReturningPeer(Crowd crowd, String channel) {
        this.crowd = crowd;
        this.channel = channel;
    }

    void meets(ReturningPeer peer) {
        other = peer;
    }

    void begin() {
        wire = Optional.of(new Wire());
        crowd.agenda.in(500, 1_500, this::say);
        crowd.agenda.in(3_000, 15_000, this::beCut);
        crowd.agenda.in(5_000, 6_000, this::ping);
    }

    private void say() {
        if (!crowd.leaving && joined && other.joined) {
            send("{\"type\":\"signal\",\"channel\":\"%s\",\"data\":{\"n\":%d}}".formatted(channel, said++));
        }
        if (!crowd.leaving) {
            crowd.agenda.in(500, 1_500, this::say);
        }
    }

    private void ping() {
        if (open) {
            wire.orElseThrow().socket.send(bytes("{\"type\":\"ping\",\"received\":" + received + "}"));
        }
        if (!crowd.leaving) {
            crowd.agenda.in(5_000, 6_000, this::ping);
        }
    }

    /** Now and then the old connection hangs on until the server ends it. */
    private void beCut() {
        if (crowd.leaving) {
            return;
        }
        if (open) {
            crowd.cuts++;
            open = false;
            cutNanos = System.nanoTime();
            wire.orElseThrow().givenUp = true;
            if (crowd.agenda.random(4) > 0) {
                wire.orElseThrow().end();
            }
            crowd.agenda.in(1, 4_000, () -> wire = Optional.of(new Wire()));
        }
        crowd.agenda.in(3_000, 15_000, this::beCut);
    }

    private void send(String text) {
        byte[] message = bytes(text);
        kept.add(message);
        crowd.sent++;
        if (open) {
            wire.orElseThrow().socket.send(message);
        }
    }

    private void greeted(Wire over, V1Text greeting) {
        if (token.isEmpty()) {
            token = greeting.string("resume");
            open = true;
            send("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}");
        } else if (greeting.has("\"resumed\":true")) {
            crowd.resumed++;
            crowd.longestAwayNanos = Math.max(crowd.longestAwayNanos, System.nanoTime() - cutNanos);
            token = greeting.string("resume");
            forget(greeting.number("received"));
            open = true;
            kept.forEach(over.socket::send);
        } else if (greeting.has("\"reason\"")) {
            throw new Violation("what was kept was too much: " + greeting);
        } else {
            over.socket.send(
                    bytes("{\"type\":\"resume\",\"token\":\"%s\",\"received\":%d}".formatted(token, received)));
        }
    }

    private void forget(long got) {
        for (; acknowledged < got; acknowledged++) {
            kept.remove();
        }
    }

    private void hear(V1Text message) {
        received++;
        if (message.is("signal")) {
            crowd.heard++;
            if (message.number("n") != heard++) {
                throw new Violation("expected number " + (heard - 1) + " but received " + message);
            }
        } else if (message.is("joined-channel")) {
            joined = true;
        } else if (!message.is("peer-joined") && !(crowd.parting && message.is("peer-left"))) {
            throw new Violation("unexpected: " + message);
        }
    }

    boolean isServed() {
        return open && joined && heard == other.said;
    }

    void leave() {
        wire.orElseThrow().socket.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** One connection; what comes over one that is not the newest any more is passed over. */
    private final class Wire implements ClientSocket.Listener {

        private final ClientSocket socket;
        private boolean givenUp;
        private boolean ended;

        @SuppressWarnings("this-escape") // nothing is received before the event loop runs
        Wire() {
            crowd.connections++;
            crowd.open++;
            socket = crowd.loop.connect(crowd.url, Optional.of("signaling.v1"), this);
        }

        void end() {
            socket.cut();
            closed();
        }

        @Override
        public void text(ByteBuffer payload) {
            if (givenUp) {
                return; // so the server sends it again
            }
            V1Text message = V1Text.of(payload);
            if (message.is("connection-established")) {
                greeted(this, message);
            } else if (message.is("pong")) {
                forget(message.number("received"));
            } else {
                hear(message);
            }
        }

        @Override
        public void closing(int code, String reason) {
            if (code != 4500 || !givenUp) {
                throw new Violation("the server closed the connection with " + code + " " + reason);
            }
        }

        @Override
        public void closed() {
            if (!ended) {
                ended = true;
                crowd.open--;
            }
        }

        @Override
        public void broken(IOException why) {
            closed();
            if (!givenUp) {
                throw new Violation("a connection failed: " + why);
            }
        }
    }
}
