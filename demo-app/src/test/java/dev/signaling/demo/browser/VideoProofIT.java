package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The proof that video flows")
@ExtendWith(StageExtension.class)
class VideoProofIT {

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("is not given by a paused, a black or a frozen picture")
    void isNotGivenByADeadPicture(BrowserKind kind, Stage stage) {
        var page = stage.open(kind, "/step1/index.html");
        page.click("#start");
        page.click("#stream");
        VideoProof.flows(page, "#remote");

        page.evaluate("document.querySelector('#remote').pause()");
        assertDoesNotFlow(page);
        page.evaluate("document.querySelector('#remote').play()");
        VideoProof.flows(page, "#remote");

        var camera = "document.querySelector('#local').srcObject.getVideoTracks()[0]";
        page.evaluate("void (" + camera + ".enabled = false)");
        page.awaitTrue("(" + Browser.resource("look.js") + ")('#remote').then(look => look.litShare < 0.01)");
        assertDoesNotFlow(page);
        page.evaluate("void (" + camera + ".enabled = true)");
        VideoProof.flows(page, "#remote");

        page.evaluate("globalThis[Symbol.for('recorded')].connections[0].close()");
        assertDoesNotFlow(page);
    }

    private static void assertDoesNotFlow(Page page) {
        assertThrows(ConditionTimeoutException.class, () -> VideoProof.flows(page, "#remote", A_MOMENT));
    }
}
