package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One sender and many receivers in one channel; the next message goes out when all have the last. */
final class Fanout implements Scenario {
    private static final String CHANNEL = "fanout";

    private final int receivers;
    private final NumberedText texts;
    private final List<Peer> peers = new ArrayList<>();
    private int joined;
    private int missing;
    private long number = -1;
    private long sentNanos;
    private boolean running;

    Fanout(int receivers, int bytes) {
        this.receivers = receivers;
        texts = NumberedText.candidate(CHANNEL, bytes);
    }

    @Override
    public String name() {
        return "fanout-" + receivers;
    }

    @Override
    public void connect(EventLoop loop, URI url, Meter meter) {
        peers.add(new Sender(loop, url));
        for (int receiver = 0; receiver < receivers; receiver++) {
            peers.add(new Receiver(loop, url, meter));
        }
    }

    @Override
    public boolean isConnected() {
        return joined == peers.size();
    }

    @Override
    public void start() {
        running = true;
        sendNext();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isQuiet() {
        return missing == 0;
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }

    @Override
    public boolean isClosed() {
        return peers.stream().allMatch(Peer::isClosed);
    }

    private void sendNext() {
        missing = receivers;
        sentNanos = System.nanoTime();
        peers.get(0).send(texts.numbered(++number));
    }

    private final class Sender extends Peer {
        Sender(EventLoop loop, URI url) {
            super(loop, url, CHANNEL);
        }

        @Override
        void joined() {
            joined++;
        }

        @Override
        void received(ByteBuffer payload) {
            throw new Violation("the sender received " + UTF_8.decode(payload));
        }
    }

    private final class Receiver extends Peer {
        private final Meter meter;
        private long expected;

        Receiver(EventLoop loop, URI url, Meter meter) {
            super(loop, url, CHANNEL);
            this.meter = meter;
        }

        @Override
        void joined() {
            joined++;
        }

        @Override
        void received(ByteBuffer payload) {
            if (expected > number) {
                throw new Violation("received before it was sent, or twice: " + UTF_8.decode(payload));
            }
            texts.requireEqual(expected++, payload);
            meter.delivered(sentNanos);
            if (--missing == 0 && running) {
                sendNext();
            }
        }
    }
}
