package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What connections cost that have joined, two in a channel, and say nothing. */
final class Idle {
    private static final int AT_ONCE = 64;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final EventLoop loop;
    private final URI url;
    private final ServerProcess server;
    private final List<Peer> peers = new ArrayList<>();
    private int joined;

    Idle(EventLoop loop, URI url, ServerProcess server) {
        this.loop = loop;
        this.url = url;
        this.server = server;
    }

    /** Connects that many, compares the server's memory, and closes them; a first few before it keep one-time costs out. */
    Cost measure(int connections) {
        connect(connections / 10);
        close();
        Memory before = Memory.of(server);
        connect(connections);
        Memory after = Memory.of(server);
        close();
        return new Cost(connections, before, after);
    }

    private void connect(int connections) {
        joined = 0;
        while (peers.size() < connections) {
            peers.add(new Silent("idle-" + peers.size() / 2));
            await(peers.size() - AT_ONCE);
        }
        await(connections);
    }

    private void await(int least) {
        if (!loop.runUntil(() -> joined >= least, LIMIT)) {
            throw new Violation("only " + joined + " of " + least + " peers have joined");
        }
    }

    private void close() {
        peers.forEach(Peer::close);
        if (!loop.runUntil(() -> peers.stream().allMatch(Peer::isClosed), LIMIT)) {
            throw new Violation("the closing handshake was not answered");
        }
        peers.clear();
    }

    private final class Silent extends Peer {
        Silent(String channel) {
            super(loop, url, channel);
        }

        @Override
        void joined() {
            joined++;
        }

        @Override
        void received(ByteBuffer payload) {
            throw new Violation("a message that nobody sent: " + UTF_8.decode(payload));
        }
    }

    /** @param liveHeap what is left behind a full collection, where the server is a JVM */
    record Memory(long resident, Optional<Long> liveHeap) {
        static Memory of(ServerProcess server) {
            Optional<Long> liveHeap = server.liveHeapBytes();
            return new Memory(server.residentBytes(), liveHeap);
        }
    }

    /** The server's memory without and with the connections. */
    record Cost(int connections, Memory before, Memory after) {
        long residentBytesEach() {
            return (after.resident() - before.resident()) / connections;
        }

        Optional<Long> liveHeapBytesEach() {
            return before.liveHeap().flatMap(less -> after.liveHeap().map(more -> (more - less) / connections));
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "idle       %,d connections, each resident %,d bytes%s",
                    connections,
                    residentBytesEach(),
                    liveHeapBytesEach()
                            .map(heap -> String.format(Locale.ROOT, ", live heap %,d bytes", heap))
                            .orElse(""));
        }

        String json() {
            return "{\"scenario\":\"idle\",\"connections\":" + connections + ",\"residentBytesEach\":"
                    + residentBytesEach()
                    + liveHeapBytesEach()
                            .map(heap -> ",\"liveHeapBytesEach\":" + heap)
                            .orElse("") + "}";
        }
    }
}
