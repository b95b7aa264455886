package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.testkit.CrashStory.Pace;
import dev.signaling.testkit.Sabotage.Way;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever of what is plugged into a hub fails, at whichever of its calls, and however: the hub goes on, and nothing comes
 * out of it. The story is told once to count the calls, and then once again for each call that fails.
 */
final class CrashSafetyTest {

    private static final List<Supplier<Throwable>> FAULTS = List.of(
            () -> new IllegalStateException("planted"),
            () -> new IOException("planted, and checked"),
            () -> new AssertionError("planted"),
            () -> new StackOverflowError("planted"),
            () -> new OutOfMemoryError("planted"),
            () -> new NoClassDefFoundError("planted"));

    private static final Set<String> FEW = Set.of("renewal.renew", "outbox.closeBehindALastWord");

    private static final Logger LIBRARY = Logger.getLogger("dev.signaling");

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final FaultyLog log = new FaultyLog();
    private final Set<String> findings = new TreeSet<>();
    private int told;

    @BeforeEach
    void keepTheLogOffTheConsole() {
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.addHandler(log);
    }

    @AfterEach
    void stop() {
        LIBRARY.removeHandler(log);
        LIBRARY.setUseParentHandlers(true);
        others.shutdownNow();
    }

    @Test
    void theStoryCallsEveryMethodOfEverythingThatIsPluggedIn() throws Exception {
        Set<String> called = new TreeSet<>();
        called.addAll(tell(Sabotage.none(), Pace.AT_ONCE, false));
        called.addAll(tell(new Sabotage("clock.instant", 1, Way.THROWS, AssertionError::new), Pace.AT_ONCE, true));
        Set<String> kinds = new TreeSet<>();
        called.forEach(place -> kinds.add(kind(place)));
        assertEquals(
                Set.of(
                        "clock.instant",
                        "iceServers.serversFor",
                        "listener.connected",
                        "listener.disconnected",
                        "listener.joined",
                        "listener.left",
                        "listener.refused",
                        "listener.resumed",
                        "listener.suspended",
                        "outbox.close",
                        "outbox.closeBehindALastWord",
                        "outbox.offer",
                        "peerIds.get",
                        "policy.admit",
                        "policy.audience",
                        "renewal.renew",
                        "store.join",
                        "store.leave",
                        "store.publish"),
                kinds,
                "and storeFailed when the store fails");
    }

    @ParameterizedTest
    @EnumSource
    void oneCallFails(Way way) throws Exception {
        tryEachCall(way, Pace.AT_ONCE, false);
        if (!log.fails) {
            tryEachCall(way, Pace.AT_ONCE, true);
            tryEachCall(way, Pace.ACTS_LATER, false);
            tryEachCall(way, Pace.ANSWERS_LATER, false);
        }
        assertEquals(Set.of(), findings, () -> findings.size() + " findings");
        assertTrue(told > 50, () -> "only " + told + " stories");
    }

    /** As many more are asked of the log, which is what a failing plug-in is told to. */
    @ParameterizedTest
    @EnumSource(names = {"THROWS", "THROWS_FROM_THEN_ON"})
    void theLogFailsToo(Way way) throws Exception {
        log.fails = true;
        oneCallFails(way);
    }

    /** Which method of which plug-in, whosever it is. */
    private static String kind(String place) {
        return place.replaceAll(".*'s ", "");
    }

    private void tryEachCall(Way way, Pace pace, boolean together) throws Exception {
        List<String> places = tell(Sabotage.none(), pace, together);
        for (int call = 1; call <= places.size(); call++) {
            String place = places.get(call - 1);
            if (way.isPossibleAt(place)) {
                int number = Collections.frequency(places.subList(0, call), place);
                for (Supplier<Throwable> fault : faults(place, call, way, pace, together)) {
                    tryWith(new Sabotage(place, number, way, fault), pace, together);
                }
            }
        }
    }

    /** All of them where nothing else differs or calls are few, and otherwise one after another. */
    private List<Supplier<Throwable>> faults(String place, int call, Way way, Pace pace, boolean together) {
        boolean isPlain = way == Way.THROWS && pace == Pace.AT_ONCE && !together && !log.fails;
        return isPlain || FEW.contains(kind(place)) ? FAULTS : List.of(FAULTS.get(call % FAULTS.size()));
    }

    private void tryWith(Sabotage sabotage, Pace pace, boolean together) {
        try {
            told++;
            tell(sabotage, pace, together);
            assertTrue(sabotage.struck().isPresent(), "it was never called");
        } catch (Throwable e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            findings.add(sabotage + " " + pace + ": " + cause.getClass().getSimpleName() + " " + line);
        }
    }

    /** Tells the story, and goes on on another thread, for which no lock may be held. */
    private List<String> tell(Sabotage sabotage, Pace pace, boolean together) throws Exception {
        CrashStory story = new CrashStory(sabotage, pace);
        story.beTold();
        sabotage.arm(false);
        elsewhere(story::goOn);
        sabotage.arm(true);
        story.end(together);
        sabotage.arm(false);
        elsewhere(story::isOver);
        return sabotage.places();
    }

    private void elsewhere(Runnable chapter) throws Exception {
        others.submit(chapter).get(20, TimeUnit.SECONDS);
    }

    private static final class FaultyLog extends Handler {

        volatile boolean fails;

        @Override
        public void publish(LogRecord line) {
            if (fails) {
                throw new IllegalStateException("the log");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
