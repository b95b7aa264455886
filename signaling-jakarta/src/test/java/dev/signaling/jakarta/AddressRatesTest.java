package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressRatesTest {

    private static final Optional<InetAddress> ANN = Network.address("192.0.2.7");

    private final AtomicLong now = new AtomicLong(-Duration.ofHours(1).toNanos());
    private final AddressRates rates = new AddressRates(10, 3, now::get);

    private int taken(Optional<InetAddress> address) {
        int count = 0;
        while (rates.take(address)) {
            count++;
        }
        return count;
    }

    @Test
    void aBurstIsTakenAndThenSoManyASecond() {
        assertEquals(3, taken(ANN));
        now.addAndGet(Duration.ofMillis(99).toNanos());
        assertEquals(0, taken(ANN));
        now.addAndGet(Duration.ofMillis(1).toNanos());
        assertEquals(1, taken(ANN));
        now.addAndGet(Duration.ofMillis(200).toNanos());
        assertEquals(2, taken(ANN));
        now.addAndGet(Duration.ofDays(400).toNanos());
        assertEquals(3, taken(ANN), "no more than a burst however long it was silent");
    }

    @Test
    void anAddressOfOneCustomerIsOneAndAnothersIsAnother() {
        assertEquals(3, taken(Network.address("2001:db8:0:1::1")));
        assertEquals(0, taken(Network.address("2001:db8:0:1:ffff::2")));
        assertTrue(rates.take(ANN) || rates.take(Network.address("192.0.2.8")), "hardly both are in its place");
    }

    @Test
    void thoseWhoseAddressIsNotKnownShareOne() {
        assertEquals(3, taken(Optional.empty()));
        assertFalse(rates.take(Optional.empty()));
    }

    /** An attacker with many addresses spoils few places, and an address is seldom in one of these. */
    @Test
    void addressesAreSpread() {
        for (int i = 0; i < 400; i++) {
            taken(Network.address("10.0." + i / 256 + "." + i % 256));
        }
        long others = IntStream.range(0, 1_000)
                .filter(i -> rates.take(Network.address("192.168." + i / 256 + "." + i % 256)))
                .count();
        assertTrue(others > 800, () -> others + " of 1000");
    }

    @Test
    void holdsWhenManyAskAtOnce() {
        AtomicInteger taken = new AtomicInteger();
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 1_000; i++) {
                                if (rates.take(ANN)) {
                                    taken.incrementAndGet();
                                }
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertEquals(3, taken.get());
    }
}
