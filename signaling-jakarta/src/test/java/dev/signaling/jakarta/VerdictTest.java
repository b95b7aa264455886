package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.spi.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Verdict ANN = Verdict.granted(Identity.of("ann"));
    private static final Verdict REFUSED = Verdict.refused("origin-refused", 403);

    @Test
    void comesFromTheSessionOrFromItsConfig() {
        Map<String, Object> map = new HashMap<>();
        ANN.leaveIn(map);
        assertEquals(ANN, Verdict.of(map, new HashMap<>()));
        assertEquals(ANN, Verdict.of(new HashMap<>(), map));
    }

    @Test
    void whoHasNoneIsNotLetIn() {
        assertTrue(Verdict.of(new HashMap<>(), new HashMap<>()).isRefused());
    }

    /** A container that shares the map between handshakes must not give one the other's rights. */
    @Test
    void whatCannotBeToldApartIsRefused() {
        Map<String, Object> shared = new HashMap<>();
        REFUSED.leaveIn(shared);
        ANN.leaveIn(shared);
        assertTrue(Verdict.of(new HashMap<>(), shared).isRefused());
        ANN.leaveIn(shared);
        assertTrue(Verdict.of(new HashMap<>(), shared).isRefused(), "the first two may be under way yet");
    }

    @Test
    void whatIsTheSameNeedNotBeToldApart() {
        Map<String, Object> shared = new HashMap<>();
        ANN.leaveIn(shared);
        Verdict.granted(Identity.of("ann")).leaveIn(shared);
        assertEquals(ANN, Verdict.of(new HashMap<>(), shared));
    }

    @Test
    void noOneOfManyAtOnceGetsAnothersVerdict() throws Exception {
        List<Map<String, Object>> maps = Stream.generate(
                        () -> (Map<String, Object>) new ConcurrentHashMap<String, Object>())
                .limit(2_000)
                .toList();
        int pages = 4;
        CyclicBarrier begin = new CyclicBarrier(pages);
        ExecutorService threads = Executors.newFixedThreadPool(pages);
        try {
            List<Callable<Integer>> handshakes = IntStream.range(0, pages)
                    .mapToObj(page -> (Callable<Integer>) () -> {
                        Verdict own = page == 0 ? REFUSED : Verdict.granted(Identity.of("page " + page));
                        int wrong = 0;
                        for (Map<String, Object> shared : maps) {
                            begin.await(10, TimeUnit.SECONDS);
                            own.leaveIn(shared);
                            Verdict taken = Verdict.of(new HashMap<>(shared), shared);
                            wrong += taken.equals(own) || taken.isRefused() ? 0 : 1;
                        }
                        return wrong;
                    })
                    .toList();
            for (var wrong : threads.invokeAll(handshakes)) {
                assertEquals(0, wrong.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
