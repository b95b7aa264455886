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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    @ParameterizedTest
    @CsvSource({"10.0.%d.%d, 192.168.%d.%d", "2001:db8:%x:%x::1, 2001:db9:%x:%x::1"})
    void addressesAreSpread(String attackers, String others) {
        for (int i = 0; i < 400; i++) {
            taken(Network.address(attackers.formatted(i / 256, i % 256)));
        }
        long taken = IntStream.range(0, 1_000)
                .filter(i -> rates.take(Network.address(others.formatted(i / 256, i % 256))))
                .count();
        assertTrue(taken > 800, () -> taken + " of 1000");
    }

    /** Networks of IPv6 whose Java hash codes are one and the same: anybody can find such. */
    @Test
    void whoSharesAPlaceWithWhomIsNotToBeForeseen() {
        int own = 0;
        for (int i = 0; i < 100; i++) {
            Optional<InetAddress> one = Network.address("2001:%x:2000:0::1".formatted(0x1000 + i));
            Optional<InetAddress> other = Network.address("2001:0:2000:%x::1".formatted(0x1000 + i));
            assertEquals(one.hashCode(), other.hashCode());
            taken(one);
            own += taken(other) == 3 ? 1 : 0;
        }
        assertTrue(own > 90, own + " of 100");
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
