package dev.signaling;

import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
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

    /** Of these threads' calls alone: for what is known to fail, to be found at once. */
    public static ModelCheckingOptions of(ModelCheckingOptions options, List<List<Actor>> threads) {
        return brief(options)
                .iterations(0)
                .invocationsPerIteration(1_000)
                .addCustomScenario(new ExecutionScenario(List.of(), threads, List.of(), null));
    }

    /** A call of the only method of that name. */
    public static Actor call(Class<?> type, String method, Object... arguments) {
        return Stream.of(type.getMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .map(found -> new Actor(found, List.of(arguments)))
                .findFirst()
                .orElseThrow();
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
