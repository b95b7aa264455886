package dev.signaling.jakarta;

import dev.signaling.Limits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** How many sessions each address has, of those that may be counted. Nothing is kept of one that has none. */
final class AddressPlaces {

    private static final Logger LOGGER = System.getLogger(AddressPlaces.class.getName());
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    /** Where nobody knows from where a session comes. */
    private static final Place UNCOUNTED = new Place(() -> {}, () -> true);

    private final int most;
    private final Absences absences;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<Network, Integer> taken = new ConcurrentHashMap<>();
    private final AtomicLong warned;

    AddressPlaces(Limits limits, LongSupplier nanoTime) {
        this.most = limits.connectionsPerAddress();
        this.absences = new Absences(most, limits.connections(), limits.resumeGrace(), nanoTime);
        this.nanoTime = nanoTime;
        this.warned = new AtomicLong(nanoTime.getAsLong() - QUIET);
    }

    /** Whether that address has as many sessions as it may. */
    boolean isFull(Optional<InetAddress> address) {
        Optional<Network> full =
                address.map(Network::ofCustomer).filter(network -> taken.getOrDefault(network, 0) >= most);
        full.ifPresent(this::warn);
        return full.isPresent();
    }

    /** Takes a place for a session; empty if there is none left. */
    Optional<Place> take(Optional<InetAddress> address) {
        if (address.isEmpty()) {
            return Optional.of(UNCOUNTED);
        }
        Network network = Network.ofCustomer(address.get());
        AtomicBoolean isTaken = new AtomicBoolean();
        taken.compute(network, (any, count) -> {
            int before = count == null ? 0 : count;
            isTaken.set(before < most);
            return isTaken.get() ? Integer.valueOf(before + 1) : count;
        });
        if (!isTaken.get()) {
            warn(network);
            return Optional.empty();
        }
        return Optional.of(new Place(
                () -> taken.computeIfPresent(network, (any, count) -> count == 1 ? null : count - 1),
                () -> absences.admit(network)));
    }

    /** Forgets what has been waited for long enough. To be called every few seconds. */
    void tick() {
        absences.forget();
    }

    /** How many addresses have sessions. */
    int addresses() {
        return taken.size();
    }

    /** How many peers of counted addresses may be waited for. */
    int absences() {
        return absences.size();
    }

    private void warn(Network network) {
        long now = nanoTime.getAsLong();
        long before = warned.get();
        if (now - before >= QUIET && warned.compareAndSet(before, now)) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} has as many connections as one address may ({1}), and more are refused. If that is a proxy, name "
                            + "it by dev.signaling.proxies or SignalingServer.Builder.proxies; if many people share it, "
                            + "raise connectionsPerAddress. This is said once a minute at most",
                    network,
                    Integer.toString(most));
        }
    }

    /** A session's place, to be freed once; doing so again has no effect. */
    static final class Place {

        private final Runnable free;
        private final BooleanSupplier absence;
        private final AtomicBoolean freed = new AtomicBoolean();

        private Place(Runnable free, BooleanSupplier absence) {
            this.free = free;
            this.absence = absence;
        }

        /** Counts a peer that was lost from here; false if too many of its address were for it to be waited for. */
        boolean mayComeBack() {
            return absence.getAsBoolean();
        }

        void free() {
            if (!freed.getAndSet(true)) {
                free.run();
            }
        }
    }
}
