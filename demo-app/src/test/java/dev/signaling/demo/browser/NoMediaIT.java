package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.demo.browser.NatNetwork.Nat;
import jakarta.json.JsonNumber;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("The signal server")
@ExtendWith(StageExtension.class)
class NoMediaIT {

    private static final int MOST = 50_000;
    private static final Duration CALL = Duration.ofSeconds(10);

    /** What the viewer's connection has received, of video and sound. */
    private static final String RECEIVED =
            """
            globalThis[Symbol.for('recorded')].connections.at(-1).getStats().then((reports) =>
              [...reports.values()].filter(({ type }) => type === 'inbound-rtp')
                .reduce((sum, { bytesReceived }) => sum + bytesReceived, 0))
            """;

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"CHROMIUM, FIREFOX", "FIREFOX, CHROMIUM"})
    @DisplayName(
            "sees no media: it is less than 50 KB to it when somebody comes, watches and goes, TLS and TCP included")
    void seesNoMedia(BrowserKind from, BrowserKind to, NatStage stage) {
        var network = stage.behind(Nat.SYMMETRIC);
        var demo = stage.demoWithTurn("udp");
        var call = stage.call(from, to, "");
        call.awaitVideo();

        network.count(demo.port());
        call.viewer().as("Somebody"); // which is told at the door: the page comes in anew, over another socket
        call.awaitVideo();
        Pause.of(CALL);
        var media = ((JsonNumber) call.viewer().page().evaluate(RECEIVED)).longValue();
        call.viewer().page().close();
        call.streamer().awaitWatchedBy(0);

        var signaling = network.counted();
        System.out.printf(
                "A call from %s to %s: %,d bytes at the signal server, %,d of media%n", from, to, signaling, media);
        assertTrue(signaling > 0 && signaling < MOST, () -> signaling + " bytes");
        assertTrue(media > MOST, () -> media + " bytes of media");
    }
}
