package dev.signaling.benchmarks;

import java.io.Closeable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A scenario on its way against one server: connected, then put under load as often as its owner likes, then closed. How long a load lasts is counted
 * in the server's CPU time where its process is known, so that a busy machine shortens neither a warm-up nor a measurement.
 */
final class Run implements Closeable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LARGEST_STRETCH = 20;
    private static final long CPU_READ_INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    private final Scenario scenario;
    private final Optional<ServerProcess> server;
    private final EventLoop loop;
    private final Meter meter;

    /** Returns when every peer has joined. Runs that share a loop answer the pings of one another's servers. */
    Run(EventLoop loop, Scenario scenario, URI url, Optional<ServerProcess> server) {
        this.loop = loop;
        this.scenario = scenario;
        this.server = server;
        meter = new Meter(server);
        scenario.connect(loop, url, meter);
        await(scenario::isConnected, "not all peers have joined");
    }

    /** Load that is not measured. */
    void warmUp(Duration duration) {
        load(duration);
    }

    /** Load that is measured from the first message to the last one's arrival. */
    Figures measure(Duration duration) {
        meter.start();
        load(duration);
        return meter.stop(scenario.name());
    }

    private void load(Duration duration) {
        scenario.start();
        if (server.isPresent()) {
            loop.runUntil(spent(server.get(), duration), duration.multipliedBy(LARGEST_STRETCH));
        } else {
            loop.runUntil(() -> false, duration);
        }
        scenario.stop();
        await(scenario::isQuiet, "messages were lost");
    }

    private static BooleanSupplier spent(ServerProcess server, Duration duration) {
        long end = server.cpuMicros() + duration.toNanos() / 1000;
        long[] nextRead = {System.nanoTime()};
        return () -> {
            if (System.nanoTime() < nextRead[0]) {
                return false;
            }
            nextRead[0] += CPU_READ_INTERVAL_NANOS;
            return server.cpuMicros() >= end;
        };
    }

    /** Closes as a browser does; what arrives until then is checked too. */
    @Override
    public void close() {
        scenario.close();
        await(scenario::isClosed, "the closing handshake was not answered");
    }

    private void await(BooleanSupplier condition, String otherwise) {
        if (!loop.runUntil(condition, LIMIT)) {
            throw new Violation(otherwise + " after " + LIMIT.toSeconds() + " s");
        }
    }
}
