package dev.signaling.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault between client and server fails its rule, and none that has nothing to do with it. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT) // most of it is waiting for what does not come
class PlantedFaultsTest {

    /** For what has to come: it is there at once, also on a busy machine, unless something is wrong. */
    private static final Duration LONG = Duration.ofSeconds(10);
    /** For what a fault keeps back: each costs that time. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final TyrusNode node = TyrusNode.start();

    @BeforeAll
    void aProxyWithoutAFaultFailsNothing() throws IOException, InterruptedException {
        Set<String> rules = new HashSet<>();
        for (PlantedFault fault : PlantedFault.values()) {
            rules.add(fault.rule());
            rules.addAll(fault.others());
        }
        try (FaultyProxy proxy = new FaultyProxy(node.port(), Fault::new)) {
            assertEquals(List.of(), failed(conformance(proxy, LONG).quick(), rules));
        }
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource
    void failsItsRule(PlantedFault fault) throws IOException, InterruptedException {
        Set<String> rules = new HashSet<>(fault.others());
        rules.add(fault.rule());
        try (FaultyProxy proxy = new FaultyProxy(node.port(), fault.fault())) {
            Conformance all = conformance(proxy, SHORT);
            Conformance chosen = fault.takesItsTime() ? all : all.quick();
            assertEquals(List.of(fault.rule()), failed(chosen, rules));
        }
    }

    private static Conformance conformance(FaultyProxy proxy, Duration timeout) {
        return TyrusNode.conformance(proxy.port()).timeout(timeout).messages(2_000);
    }

    private static List<String> failed(Conformance conformance, Set<String> rules) throws InterruptedException {
        return conformance.only(rules).run().stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .map(Result::rule)
                .toList();
    }
}
