package dev.signaling.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.benchmarks.TinyServer.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void relayCountsWhatArrives() throws IOException {
        Figures figures = measure(new Relay(3, 8, 300), Fault.NONE);
        assertEquals(figures.delivered(), figures.latencies().getTotalCount());
        assertEquals(0, figures.calls());
    }

    @Test
    void fanoutCountsEachReceiver() throws IOException {
        Figures figures = measure(new Fanout(7, 300), Fault.NONE);
        assertEquals(0, figures.delivered() % 7);
    }

    @Test
    void setupCountsWholeCalls() throws IOException {
        Figures figures = measure(new CallSetups(2), Fault.NONE);
        assertEquals(22 * figures.calls(), figures.delivered());
        assertTrue(figures.latencyMicros(50) <= figures.latencyMicros(100));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void relayFindsAFault(Fault fault) {
        assertThrows(Violation.class, () -> measure(new Relay(1, 8, 300), fault));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "LOST"}) // there, one that is lost is found at the end
    void fanoutFindsAFault(Fault fault) {
        assertThrows(Violation.class, () -> measure(new Fanout(3, 300), fault));
    }

    private static Figures measure(Scenario scenario, Fault fault) throws IOException {
        try (TinyServer server = new TinyServer(fault);
                EventLoop loop = new EventLoop();
                Run run = new Run(loop, scenario, server.url(), Optional.empty())) {
            return run.measure(SHORT);
        }
    }
}
