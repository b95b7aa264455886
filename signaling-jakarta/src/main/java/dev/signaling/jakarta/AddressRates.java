package dev.signaling.jakarta;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How often each address may ask, as a rate with a burst (the virtual scheduling of ITU-T I.371, annex A). Takes 64 KB however
 * many addresses there are: those that fall into one place share its rate, and which these are, nobody can foresee. So do
 * all whose address is not known.
 */
final class AddressRates {

    private static final int PLACES = 1 << 13;

    private final long interval; // ns
    private final long tolerance; // ns
    private final LongSupplier nanoTime;
    private final long begin;
    private final int seed = ThreadLocalRandom.current().nextInt();
    private final AtomicLongArray arrivals = new AtomicLongArray(PLACES); // theoretical, in ns since the beginning

    AddressRates(int perSecond, int burst, LongSupplier nanoTime) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.tolerance = interval * (burst - 1L);
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Counts one question; false if it is one too many. */
    boolean take(Optional<InetAddress> address) {
        int place = place(address.map(Network::ofCustomer).hashCode());
        long now = nanoTime.getAsLong() - begin;
        while (true) {
            long arrival = arrivals.get(place);
            if (arrival - now > tolerance) {
                return false;
            }
            if (arrivals.compareAndSet(place, arrival, Math.max(arrival, now) + interval)) {
                return true;
            }
        }
    }

    /** Spreads what differs in a few bits over all places (the end of MurmurHash3). */
    private int place(int hash) {
        int mixed = hash ^ seed;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return (mixed ^ (mixed >>> 16)) & (PLACES - 1);
    }
}
