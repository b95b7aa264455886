package dev.signaling;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;

/** How much Lincheck tries: seconds in every build, minutes as a scenario. */
public final class Schedules {

    private Schedules() {}

    /** A hundred schedules. */
    public static ModelCheckingOptions brief(ModelCheckingOptions options) {
        return options.logLevel(LoggingLevel.ERROR)
                .iterations(3)
                .invocationsPerIteration(40)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(0)
                .minimizeFailedScenario(false);
    }

    /** Twenty thousand schedules. */
    public static ModelCheckingOptions extensive(ModelCheckingOptions options) {
        return options.logLevel(LoggingLevel.ERROR)
                .iterations(20)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(2);
    }
}
