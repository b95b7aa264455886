package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.demo.browser.NatNetwork.Nat;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("scenario")
@DisplayName("A call by way of a TURN server")
@ExtendWith(StageExtension.class)
class TurnRestartIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);
    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Duration WHOLE_CALL = Duration.ofMinutes(2);
    private static final Duration RESTART_AFTER = Duration.ofSeconds(111);

    /** Begins an ICE restart, as the page itself does when a connection is interrupted, and gives what it was called before. */
    private static final String RESTART_ICE =
            """
            (() => {
              const connection = globalThis[Symbol.for('recorded')].connections.at(-1);
              const before = connection.localDescription.sdp.match(/ice-ufrag:(.*)/)[1];
              connection.restartIce();
              return before;
            })()
            """;

    private static final String NAME =
            "globalThis[Symbol.for('recorded')].connections.at(-1).currentLocalDescription.sdp.match(/ice-ufrag:(.*)/)[1]";

    @Test
    @DisplayName("that is killed and started again: video is back within 15 s, on the same connection, both ways")
    void survivesARestart(NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = start(stage);
        var calls = stage.callsBothWays("");
        calls.forEach(NatCall::awaitVideo);
        var first = coturn.users();
        Pause.of(TTL.dividedBy(2).plusSeconds(1)); // by then there are fresh credentials

        coturn.restart("secret");

        var back = System.nanoTime() + BACK_WITHIN.toNanos();
        for (var call : calls) {
            call.awaitVideo(Duration.ofNanos(back - System.nanoTime()));
            assertSameConnection(call);
        }
        assertFresh(coturn.users(), first);
    }

    @Test
    @DisplayName(
            "with credentials of 20 s: after two minutes, an ICE restart in the last ten seconds makes nobody blink")
    void survivesItsCredentials(NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = start(stage);
        var start = System.nanoTime();
        var calls = stage.callsBothWays("?relay");
        calls.forEach(NatCall::awaitVideo);
        var first = coturn.users();
        var watched = calls.stream()
                .map(call -> Blinking.watch(call.viewer().page(), LiveRoom.PICTURE))
                .toList();
        Pause.of(RESTART_AFTER.minusNanos(System.nanoTime() - start));

        for (var call : calls) {
            var page = call.streamer().page();
            var before = ((JsonString) page.evaluate(RESTART_ICE)).getString();
            page.awaitTrue("(" + NAME + " !== '" + before + "')");
        }

        Pause.of(WHOLE_CALL.minusNanos(System.nanoTime() - start));
        for (var call : calls) {
            call.awaitVideo();
            assertSameConnection(call);
            assertTrue(SelectedPair.of(call.viewer().page()).isRelayed());
        }
        var later = coturn.users().subList(first.size(), coturn.users().size());
        assertFresh(later, first);
        for (var each : watched) {
            assertTrue(each.longest().compareTo(Duration.ofSeconds(1)) < 0, each.longest()::toString);
        }
    }

    private static Coturn start(NatStage stage) {
        var coturn = stage.startCoturn("secret");
        var file = stage.secrets("secret").file().toString();
        stage.startDemo("--turn", coturn.turn("udp"), "--turn-secret-file", file, "--turn-ttl", TTL.toSeconds() + "s");
        return coturn;
    }

    private static void assertSameConnection(NatCall call) {
        assertEquals(1, DemoPage.connectionsMade(call.viewer().page()));
        assertEquals(1, DemoPage.connectionsMade(call.streamer().page()));
    }

    /** That later allocations were asked for with credentials which had not ended, and which nobody had at first. */
    private static void assertFresh(List<String> later, List<String> first) {
        var now = Instant.now().getEpochSecond();
        var told = "first " + first + ", later " + later + ", now " + now;
        assertFalse(first.isEmpty() || later.isEmpty(), told);
        assertTrue(later.stream().noneMatch(first::contains), told);
        assertTrue(later.stream().mapToLong(TurnRestartIT::end).allMatch(end -> end > now - 10), told);
    }

    private static long end(String user) {
        return Long.parseLong(user.substring(0, user.indexOf(':')));
    }
}
