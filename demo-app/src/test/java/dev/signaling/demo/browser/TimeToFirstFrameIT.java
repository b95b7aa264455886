package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.demo.browser.NatNetwork.Home;
import dev.signaling.demo.browser.NatNetwork.Nat;
import jakarta.json.JsonArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few calls only, unless {@code -Dfirst.frame.calls=20} asks for more. */
@Tag("scenario")
@DisplayName("Who opens a live room where somebody streams already")
@ExtendWith(StageExtension.class)
class TimeToFirstFrameIT {

    private static final int CALLS = Integer.getInteger("first.frame.calls", 2);
    private static final int CALLS_OF_THE_DOCUMENT = 20;
    private static final Path ROWS = Path.of("target", "time-to-first-frame.md");
    private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");

    /** When its connection was made, and when the first frame was shown. */
    private static final String TIMES =
            "(({ firstConnection, firstFrame }) => [firstConnection, firstFrame])(globalThis[Symbol.for('recorded')])";

    /** How far it is from the streamer to the viewer. */
    enum Distance {
        SAME_HOST("same host", Nat.SYMMETRIC, Home.A, "same-network"),
        ONE_LAN("one LAN", Nat.SYMMETRIC, Home.NEXT_TO_A, "same-network"),
        CONE_NATS("two cone NATs, with STUN", Nat.CONE, Home.B, "through-nat"),
        SYMMETRIC_NATS("two symmetric NATs, with TURN", Nat.SYMMETRIC, Home.B, "relayed");

        private final String name;
        private final Nat nat;
        private final Home viewer;
        private final String path;

        Distance(String name, Nat nat, Home viewer, String path) {
            this.name = name;
            this.nat = nat;
            this.viewer = viewer;
            this.path = path;
        }

        private void startDemo(NatStage stage) {
            switch (this) {
                case SAME_HOST, ONE_LAN -> stage.demo();
                case CONE_NATS -> stage.demo("--stun", stage.coturn().stun());
                case SYMMETRIC_NATS -> stage.demoWithTurn("udp");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One call, in milliseconds from the opening of the viewer's page. */
    private record Call(double connection, double frame) {

        double fromConnection() {
            return frame - connection;
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("sees the first frame soon")
    void seesTheFirstFrame(Distance distance, NatStage stage) throws IOException {
        stage.behind(distance.nat);
        distance.startDemo(stage);
        var calls = new ArrayList<Call>();
        measure(distance, BrowserKind.CHROMIUM, BrowserKind.FIREFOX, stage, calls);
        measure(distance, BrowserKind.FIREFOX, BrowserKind.CHROMIUM, stage, calls);

        var row = String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s |",
                distance,
                calls.size(),
                medianAndWorst(calls, Call::frame),
                medianAndWorst(calls, Call::fromConnection));
        System.out.println(row);
        Files.createDirectories(ROWS.getParent());
        Files.writeString(ROWS, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertTrue(hasItsRow(distance), "no row of " + CALLS_OF_THE_DOCUMENT + " calls for it in " + DOCUMENT);
    }

    private static boolean hasItsRow(Distance distance) throws IOException {
        var row = Pattern.compile("^\\| " + distance + " \\| " + CALLS_OF_THE_DOCUMENT + " (\\| [0-9,]+ ){4}\\|$");
        return Files.readString(DOCUMENT).lines().anyMatch(row.asMatchPredicate());
    }

    private static void measure(Distance distance, BrowserKind from, BrowserKind to, NatStage stage, List<Call> calls) {
        var room = stage.newRoom();
        var streamer = stage.stream(from, room);
        // the first one is not counted: the browsers may have just been started
        var first = LiveRoom.at(stage.open(distance.viewer, to, room));
        first.awaitVideo();
        new NatCall(streamer, first).awaitPath(distance.path);
        first.page().close();
        for (var i = 0; i < CALLS / 2; i++) {
            streamer.awaitWatchedBy(0);
            var viewer = LiveRoom.at(stage.open(distance.viewer, to, room));
            viewer.awaitVideo();
            calls.add(times(viewer.page()));
            viewer.page().close();
        }
        streamer.page().close();
    }

    private static Call times(Page page) {
        JsonArray times = page.evaluate(TIMES).asJsonArray();
        return new Call(
                times.getJsonNumber(0).doubleValue(), times.getJsonNumber(1).doubleValue());
    }

    private static String medianAndWorst(List<Call> calls, ToDoubleFunction<Call> time) {
        var sorted = calls.stream().mapToDouble(time).sorted().toArray();
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return String.format(Locale.ROOT, "%,.0f | %,.0f", median, sorted[sorted.length - 1]);
    }
}
