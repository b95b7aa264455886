package dev.signaling.jakarta;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that keeps to V18 to V26 of PROTOCOL.md and to nothing else: it counts, keeps what it has sent, and comes back
 * whenever its connection is cut, which its fuses see to. Used by one thread.
 */
final class ResumingPeer implements AutoCloseable {

    private static final int PING_AFTER = 40;

    private final int port;
    private final Random random;
    private final List<SocketPeer> halfOpen = new ArrayList<>();
    private final ArrayDeque<String> unconfirmed = new ArrayDeque<>();
    private long confirmed;
    private long received;
    private long sinceLastPing;
    private String token = "";
    private int cutsLeft;
    private final AtomicInteger cuts = new AtomicInteger();
    private SocketPeer socket;

    /** @param cuts how often its connection is to be cut before it is left alone */
    ResumingPeer(int port, int cuts, long seed) {
        this.port = port;
        this.cutsLeft = cuts;
        this.random = new Random(seed);
        this.socket = connect();
    }

    /** How often its connection was cut. */
    int cuts() {
        return cuts.get();
    }

    /** Sends a message that counts. */
    void send(String text) {
        unconfirmed.add(text);
        attempt(() -> socket.send(text));
    }

    /** The next message that counts, waited for. */
    String next() {
        while (true) {
            List<String> got = new ArrayList<>(1);
            attempt(() -> got.add(socket.next()));
            for (String text : got) {
                if (text.startsWith("{\"type\":\"pong\"")) {
                    confirm(text);
                } else {
                    received++;
                    ping();
                    return text;
                }
            }
        }
    }

    private void ping() {
        if (++sinceLastPing >= PING_AFTER) {
            sinceLastPing = 0;
            String ping = "{\"type\":\"ping\",\"received\":" + received + "}";
            attempt(() -> socket.send(ping)); // not sent again: what it says is said by the resume
        }
    }

    /** Comes back if the connection is cut meanwhile. */
    private void attempt(Runnable exchange) {
        try {
            exchange.run();
        } catch (UncheckedIOException e) {
            cut();
            socket = connect();
        }
    }

    /** A reset, the end of the stream without a close frame, or nothing at all: the server may learn of it or not. */
    private void cut() {
        cuts.incrementAndGet();
        cutsLeft--;
        switch (random.nextInt(3)) {
            case 0 -> socket.reset();
            case 1 -> socket.hangUp();
            default -> halfOpen.add(socket);
        }
    }

    private SocketPeer connect() {
        while (true) {
            SocketPeer next = SocketPeer.tcp(port, fuse());
            socket = next;
            try {
                next.handshake("/signal", "127.0.0.1", "Sec-WebSocket-Protocol: signaling.v1");
                String greeting = next.next();
                if (token.isEmpty()) {
                    token = field("resume", greeting);
                } else {
                    resume(next);
                }
                return next;
            } catch (UncheckedIOException e) {
                cut();
            }
        }
    }

    private void resume(SocketPeer next) {
        next.send("{\"type\":\"resume\",\"token\":\"" + token + "\",\"received\":" + received + "}");
        String answer = next.next();
        if (!answer.contains("\"resumed\":true")) {
            throw new AssertionError("not resumed after " + cuts + " cuts: " + answer);
        }
        token = field("resume", answer);
        confirm(answer);
        unconfirmed.forEach(next::send);
    }

    private void confirm(String text) {
        long count = Long.parseLong(field("received", text));
        if (count < confirmed || count > confirmed + unconfirmed.size()) {
            throw new AssertionError(
                    "the server has got " + count + " of " + confirmed + " and " + unconfirmed.size() + " messages");
        }
        while (confirmed < count) {
            unconfirmed.remove();
            confirmed++;
        }
    }

    /** Half of the fuses blow while the client reads, half while it writes; some right away, in the handshake. */
    private Fuse fuse() {
        if (cutsLeft <= 0) {
            return Fuse.NONE;
        }
        long bytes = random.nextInt(random.nextBoolean() ? 900 : 6_000);
        return random.nextBoolean() ? new Fuse(bytes, Long.MAX_VALUE) : new Fuse(Long.MAX_VALUE, bytes);
    }

    private static String field(String name, String text) {
        Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(text);
        if (!field.find()) {
            throw new AssertionError("no " + name + " in " + text);
        }
        return field.group(1);
    }

    @Override
    public void close() {
        halfOpen.forEach(SocketPeer::reset);
        socket.close();
    }
}
