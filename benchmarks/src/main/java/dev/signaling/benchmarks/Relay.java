package dev.signaling.benchmarks;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Pairs that play ball: each pair has a channel and keeps a fixed number of messages in flight; who receives one sends one. */
final class Relay implements Scenario {
    private final int pairs;
    private final int depth;
    private final int bytes;
    private final List<Side> sides = new ArrayList<>();
    private int joined;
    private int inFlight;
    private boolean running;

    Relay(int pairs, int depth, int bytes) {
        this.pairs = pairs;
        this.depth = depth;
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return "relay-" + depth;
    }

    @Override
    public void connect(EventLoop loop, URI url, Meter meter) {
        for (int pair = 0; pair < pairs; pair++) {
            Side one = new Side(loop, url, meter, "relay-" + pair, "one");
            Side two = new Side(loop, url, meter, "relay-" + pair, "two");
            one.other = two;
            two.other = one;
            sides.add(one);
            sides.add(two);
        }
    }

    @Override
    public boolean isConnected() {
        return joined == sides.size();
    }

    @Override
    public void start() {
        running = true;
        for (int one = 0; one < sides.size(); one += 2) {
            for (int message = 0; message < depth; message++) {
                sides.get(one).sendNext();
            }
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isQuiet() {
        return inFlight == 0;
    }

    @Override
    public void close() {
        sides.forEach(Peer::close);
    }

    @Override
    public boolean isClosed() {
        return sides.stream().allMatch(Peer::isClosed);
    }

    private final class Side extends Peer {
        private final Meter meter;
        private final NumberedText texts;
        private final long[] sentNanos = new long[depth];
        private Side other = this;
        private long sent;
        private long arrived;

        Side(EventLoop loop, URI url, Meter meter, String channel, String side) {
            super(loop, url, channel);
            this.meter = meter;
            texts = NumberedText.candidate(channel + "-" + side, bytes);
        }

        @Override
        void joined() {
            joined++;
        }

        void sendNext() {
            inFlight++;
            sentNanos[(int) (sent % depth)] = System.nanoTime();
            send(texts.numbered(sent++));
        }

        @Override
        void received(ByteBuffer payload) {
            other.arrive(payload);
            if (running) {
                sendNext();
            }
        }

        private void arrive(ByteBuffer payload) {
            texts.requireEqual(arrived, payload);
            meter.delivered(sentNanos[(int) (arrived % depth)]);
            arrived++;
            inFlight--;
        }
    }
}
