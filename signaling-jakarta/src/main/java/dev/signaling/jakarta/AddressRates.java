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

    private static final int PLACE_BITS = 13;
    private static final int PLACES = 1 << PLACE_BITS;

    private final long interval; // ns
    private final long tolerance; // ns
    private final LongSupplier nanoTime;
    private final long begin;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final AtomicLongArray arrivals = new AtomicLongArray(PLACES); // theoretical, in ns since the beginning

    AddressRates(int perSecond, int burst, LongSupplier nanoTime) {
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.tolerance = interval * (burst - 1L);
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Counts one question; false if it is one too many. */
    boolean take(Optional<InetAddress> address) {
        int place = place(address);
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

    /** Spreads networks that differ in a few bits over all places (the end of MurmurHash3), otherwise in each process. */
    private int place(Optional<InetAddress> address) {
        long mixed = seed;
        for (byte octet : octets(address)) {
            mixed = (mixed ^ octet) * 0xff51afd7ed558ccdL;
            mixed ^= mixed >>> 33;
        }
        mixed *= 0xc4ceb9fe1a85ec53L;
        return (int) (mixed >>> (Long.SIZE - PLACE_BITS));
    }

    private static byte[] octets(Optional<InetAddress> address) {
        return address.map(known -> Network.ofCustomer(known).first().getAddress())
                .orElseGet(() -> new byte[0]);
    }
}
