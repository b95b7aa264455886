package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.PeerId;
import dev.signaling.spi.ChannelStore;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets peers that are gone leave their channels. Where the store fails, it is asked again later: or others would see one
 * there for good who is not.
 */
final class Departures {

    /** How many are tried again at a time: as many as a store that is back can be asked at once. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final Logger LOGGER = System.getLogger(Departures.class.getName());

    private final ChannelStore store;
    private final Listeners listeners;
    private final int most;
    private final Queue<Departure> owed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    Departures(ChannelStore store, Listeners listeners, Limits limits) {
        this.store = store;
        this.listeners = listeners;
        this.most = limits.connections();
    }

    /** One channel that one peer leaves. The listener is told of it if it was told of the joining. */
    record Departure(ChannelName channel, PeerId peer, LeaveReason reason, boolean hadJoined) {}

    /** Leaves, and tells the listener if the store fails. */
    void leave(Departure departure) {
        attempt(departure, true);
    }

    /** Asks the store again for what it has failed at. */
    void again() {
        for (int left = Math.min(count.get(), MOST_AT_ONCE); left > 0; left--) {
            Departure departure = owed.poll();
            if (departure == null) {
                return;
            }
            count.decrementAndGet();
            attempt(departure, false);
        }
    }

    /** How many the store is still to be asked for again. */
    int owed() {
        return count.get();
    }

    private void attempt(Departure departure, boolean isFirst) {
        var unused = StoreAnswer.to(() -> store.leave(departure.channel(), departure.peer(), departure.reason()))
                .thenAccept(Objects::requireNonNull)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        failed(departure, StoreAnswer.cause(failure), isFirst);
                    } else if (departure.hadJoined()) {
                        listeners.left(departure.channel(), departure.peer(), departure.reason());
                    }
                });
    }

    private void failed(Departure departure, Throwable failure, boolean isFirst) {
        if (isFirst) {
            listeners.storeFailed(departure.channel(), departure.peer(), failure);
        }
        if (count.incrementAndGet() <= most) {
            owed.add(departure);
        } else {
            count.decrementAndGet();
            Faults.log(LOGGER, Level.ERROR, departure.peer() + " stays in " + departure.channel(), failure);
        }
    }
}
