package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs a test class inside of a test; its constructor takes the fault to plant, one of an enum. */
final class PlantedFaults implements ParameterResolver {

    private static final String FAULT = "fault";

    static Events run(Class<?> tests, Enum<?> fault) {
        return run(selectClass(tests), fault);
    }

    /** Runs one test only, and says whether it failed. */
    static boolean catches(Class<?> tests, String test, Enum<?> fault) {
        Events events = run(selectMethod(tests, test), fault);
        assertEquals(1, events.started().count(), test);
        return events.failed().count() == 1;
    }

    private static Events run(DiscoverySelector selector, Enum<?> fault) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selector)
                .configurationParameter(FAULT, fault.name())
                .execute()
                .testEvents();
    }

    /** The names of the test methods that failed. */
    static List<String> failed(Events tests) {
        return tests.failed().stream()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName().replace("()", ""))
                .toList();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().isEnum();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String name = context.getConfigurationParameter(FAULT).orElseThrow();
        for (Object fault : parameter.getParameter().getType().getEnumConstants()) {
            if (((Enum<?>) fault).name().equals(name)) {
                return fault;
            }
        }
        throw new IllegalArgumentException("no fault is called " + name);
    }
}
