package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.jakarta.AddressPlaces.Place;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressPlacesTest {

    private static final Optional<InetAddress> ANN = Network.address("192.0.2.7");
    private static final Optional<InetAddress> BEN = Network.address("192.0.2.8");

    private final AtomicLong now = new AtomicLong();
    private final AddressPlaces places = new AddressPlaces(limits(2), now::get);

    private static Limits limits(int perAddress) {
        return Limits.builder()
                .connectionsPerAddress(perAddress)
                .connections(3)
                .resumeGrace(Duration.ofSeconds(30))
                .build();
    }

    private Place take(Optional<InetAddress> address) {
        return places.take(address).orElseThrow();
    }

    @Test
    void anAddressHasSoManyPlacesAndNoMore() {
        take(ANN);
        assertFalse(places.isFull(ANN));
        Place last = take(ANN);
        assertTrue(places.isFull(ANN));
        assertTrue(places.take(ANN).isEmpty());
        take(BEN);
        last.free();
        assertFalse(places.isFull(ANN));
        take(ANN);
    }

    @Test
    void aPlaceIsFreedOnce() {
        Place first = take(ANN);
        take(ANN);
        first.free();
        first.free();
        take(ANN);
        assertTrue(places.take(ANN).isEmpty());
    }

    @Test
    void allOfOneCustomersNetworkIsOneAddress() {
        take(Network.address("2001:db8:1:2::1"));
        take(Network.address("2001:db8:1:2:ffff::2"));
        assertTrue(places.take(Network.address("2001:db8:1:2::3")).isEmpty());
        take(Network.address("2001:db8:1:3::1"));
    }

    @Test
    void whereNobodyKnowsTheAddressNobodyIsCounted() {
        for (int i = 0; i < 10; i++) {
            take(Optional.empty());
        }
        assertFalse(places.isFull(Optional.empty()));
        assertEquals(0, places.addresses());
    }

    @Test
    void soManyOfAnAddressMayBeWaitedForAtATime() {
        Place place = take(ANN);
        assertTrue(place.mayComeBack());
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertTrue(take(ANN).mayComeBack());
        assertFalse(place.mayComeBack());
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertTrue(place.mayComeBack());
        assertFalse(place.mayComeBack());
    }

    @Test
    void ofAllAddressesNoMoreAreWaitedForThanThereMayBeConnections() {
        assertTrue(take(ANN).mayComeBack());
        assertTrue(take(ANN).mayComeBack());
        assertTrue(take(BEN).mayComeBack());
        assertFalse(take(BEN).mayComeBack());
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        places.tick();
        assertEquals(0, places.absences());
        assertTrue(take(Optional.empty()).mayComeBack());
    }

    @Test
    void nothingIsKeptOfAnAddressThatHasNoSession() {
        List<Place> all = new ArrayList<>(List.of(take(ANN), take(ANN), take(BEN)));
        assertEquals(2, places.addresses());
        all.forEach(Place::free);
        assertEquals(0, places.addresses());
    }

    @Test
    void holdsWhenManyComeAndGoAtOnce() {
        AddressPlaces one = new AddressPlaces(limits(1), now::get);
        AtomicLong inside = new AtomicLong();
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                            for (int i = 0; i < 20_000; i++) {
                                one.take(ANN).ifPresent(place -> {
                                    assertEquals(1, inside.incrementAndGet());
                                    inside.decrementAndGet();
                                    place.free();
                                });
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertEquals(0, one.addresses());
    }

    @Test
    void warnsOnceAMinuteAtMostAndSaysWhatToDo() {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger(AddressPlaces.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " "
                        + java.text.MessageFormat.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            take(ANN);
            take(ANN);
            assertEquals(List.of(), lines);
            for (int second = 0; second < 60; second++) {
                assertTrue(places.take(ANN).isEmpty());
                assertTrue(places.isFull(ANN));
                now.addAndGet(Duration.ofSeconds(1).toNanos());
            }
            assertEquals(1, lines.size());
            String line = lines.get(0);
            assertTrue(line.startsWith("WARNING 192.0.2.7 has as many connections as one address may (2)"), line);
            assertTrue(line.contains("dev.signaling.proxies"), line);
            assertTrue(places.isFull(ANN));
            assertEquals(2, lines.size());
        } finally {
            logger.removeHandler(handler);
        }
    }
}
