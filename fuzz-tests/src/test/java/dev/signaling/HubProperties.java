package dev.signaling;

import dev.signaling.Step.Kind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever peers do, in whatever order: what each hears is what the model says. A story that fails is made short. */
class HubProperties {

    @Property(tries = 300)
    void everyStoryIsWhatTheModelSays(@ForAll("stories") List<Step> steps) {
        HubStage.play(steps);
    }

    /** Mostly what peers do that mean it, in few seats, so that they meet. */
    @Provide
    Arbitrary<List<Step>> stories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(4, Kind.CONNECT),
                Tuple.of(2, Kind.CONNECT_TO_ONE_CHANNEL),
                Tuple.of(6, Kind.JOIN),
                Tuple.of(2, Kind.LEAVE),
                Tuple.of(8, Kind.SAY),
                Tuple.of(3, Kind.SAY_TO_ONE),
                Tuple.of(2, Kind.PING),
                Tuple.of(1, Kind.BAD_TEXT),
                Tuple.of(5, Kind.RESUME),
                Tuple.of(4, Kind.CUT),
                Tuple.of(1, Kind.TIME_OUT),
                Tuple.of(1, Kind.GO),
                Tuple.of(1, Kind.STOP_READING),
                Tuple.of(1, Kind.WAIT));
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 255);
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 4), numbers, numbers)
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }
}
