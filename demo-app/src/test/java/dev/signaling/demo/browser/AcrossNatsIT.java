package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.demo.browser.NatNetwork.Home;
import dev.signaling.demo.browser.NatNetwork.Nat;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("Two homes behind NATs")
@ExtendWith(StageExtension.class)
class AcrossNatsIT {

    private static final Duration SAID_WITHIN = Duration.ofSeconds(15);

    @ParameterizedTest(name = "from {0} to {1}, over {2}, policy {3}")
    @CsvSource({
        "CHROMIUM, FIREFOX, udp, all",
        "FIREFOX, CHROMIUM, udp, all",
        "CHROMIUM, FIREFOX, udp, relay",
        "FIREFOX, CHROMIUM, udp, relay",
        "CHROMIUM, FIREFOX, tcp, all",
        "FIREFOX, CHROMIUM, tcp, all",
        "CHROMIUM, FIREFOX, tcp, relay",
        "FIREFOX, CHROMIUM, tcp, relay"
    })
    @DisplayName("that are symmetric: video flows by way of a TURN server, and the page says so")
    void relay(BrowserKind from, BrowserKind to, String transport, String policy, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        stage.demoWithTurn(transport);

        var call = stage.call(from, to, policy.equals("relay") ? "?relay" : "");

        call.awaitVideo();
        var watched = SelectedPair.of(call.viewer().page());
        var streamed = SelectedPair.of(call.streamer().page());
        var told = watched + ", " + streamed;
        assertTrue(watched.isRelayed() && streamed.isRelayed(), told);
        if (policy.equals("relay")) {
            assertTrue(watched.local().isRelay() && streamed.local().isRelay(), told);
        }
        var own = Stream.of(watched.local(), streamed.local())
                .filter(SelectedPair.Candidate::isRelay)
                .map(SelectedPair.Candidate::transport)
                .distinct()
                .toList();
        assertEquals(List.of(transport), own, told);
        call.awaitPath("relayed");
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("that keep ports: video flows with a STUN server alone, straight from one to the other")
    void findEachOther(BrowserKind from, BrowserKind to, NatStage stage) {
        stage.behind(Nat.CONE);
        stage.demo("--stun", stage.coturn().stun());

        var call = stage.call(from, to, "");

        call.awaitVideo();
        var pair = SelectedPair.of(call.viewer().page());
        assertFalse(pair.isRelayed(), pair::toString);
        call.awaitPath("through-nat");
    }

    @Test
    @DisplayName("that are symmetric: with a STUN server alone no video comes, and the page says why within 15 s")
    void sayThatStunIsNotEnough(NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        stage.demo("--stun", stage.coturn().stun());

        assertSaysWhy(stage);
    }

    @Test
    @DisplayName("that are symmetric: without any server no video comes, and the page says why within 15 s")
    void sayThatNothingIsNotEnough(NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        stage.demo();

        assertSaysWhy(stage);
    }

    private static void assertSaysWhy(NatStage stage) {
        // one after the other, since each has its own 15 s; both take them at the same time
        var calls = stage.callsBothWays("");
        var start = System.nanoTime();
        for (var call : calls) {
            var left = SAID_WITHIN.minusNanos(System.nanoTime() - start);
            call.awaitReason("TURN", left);
            assertTrue(call.viewer().status().contains("does not come"), call.viewer()::status);
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("that are symmetric: the tutorial's pages are given the TURN server too")
    void helpTheTutorial(BrowserKind from, BrowserKind to, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        stage.demoWithTurn("udp");
        var viewer = stage.open(Home.B, to, "/step3/index.html");
        DemoPage.awaitState(viewer, "waiting");
        var streamer = stage.open(Home.A, from, "/step3/streamer.html");
        DemoPage.goLive(streamer);

        new Route.Call(streamer, viewer).awaitVideo();
        assertTrue(SelectedPair.of(viewer).isRelayed());
    }
}
