package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.demo.browser.NatNetwork.Nat;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("A signal server whose credentials the TURN server does not take")
@ExtendWith(StageExtension.class)
class TurnCredentialsIT {

    private static final Duration SAID_WITHIN = Duration.ofSeconds(10);

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("the page says so within 10 s, and when the secret is put right the video comes without a reload")
    void areSaidToBeRefused(BrowserKind from, BrowserKind to, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = stage.startCoturn("right");
        var secrets = stage.secrets("wrong");
        stage.startDemo(
                "--turn",
                coturn.turn("udp"),
                "--turn-secret-file",
                secrets.file().toString());
        assertSaidAndPutRight(stage.call(from, to, ""), () -> secrets.become("right"));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("and likewise if they have ended, by the TURN server's clock, until the clocks agree")
    void areSaidToBeRefusedWhenTheyHaveEnded(BrowserKind from, BrowserKind to, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = stage.startCoturnAhead(Duration.ofHours(2), "right");
        stage.startDemo(
                "--turn",
                coturn.turn("udp"),
                "--turn-secret-file",
                stage.secrets("right").file().toString());
        assertSaidAndPutRight(stage.call(from, to, ""), () -> coturn.restart("right"));
    }

    private static void assertSaidAndPutRight(NatCall call, Runnable putRight) {
        call.viewer().page().evaluate("(globalThis.notReloaded = true)");
        call.awaitReason("refused the credential", SAID_WITHIN);

        putRight.run();

        call.awaitVideo();
        call.viewer().page().awaitTrue("globalThis.notReloaded");
        call.awaitPath("relayed");
        assertEquals("", DemoPage.error(call.viewer().page()));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName("yet: while one secret replaces the other, video flows whichever of the two the TURN server has")
    void areMadeWithBothSecrets(BrowserKind from, BrowserKind to, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = stage.startCoturn("old");
        var secrets = stage.secrets("new", "old");
        stage.startDemo(
                "--turn",
                coturn.turn("udp"),
                "--turn-secret-file",
                secrets.file().toString());

        stage.call(from, to, "?relay").awaitVideo();
    }
}
