package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The connection check")
@ExtendWith(StageExtension.class)
class CheckIT {

    private static final String SAME_NETWORK = "This browser can reach others in the same network. ";

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("without servers says that it is the same network or nothing, and how servers are named")
    void saysThatThereAreNoServers(BrowserKind kind, Stage stage) {
        var check = CheckPage.through(stage.open(kind, CheckPage.PATH));
        assertEquals(SAME_NETWORK + "Beyond that it finds no way.", check.verdict());
        assertEquals("part", check.state());
        assertEquals(List.of("host yes", "srflx none", "relay none"), check.ways());
        assertTrue(check.advice().contains("--stun, --turn and --turn-secret-file"), check.advice());
        assertTrue(check.candidates().contains("host"), check.candidates()::toString);
        var text = check.again().copy();
        assertTrue(text.contains(check.verdict()) && text.contains("Candidates:\n  host udp"), text);
        assertEquals(List.of(), check.page().complaints());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @Tag("scenario")
    @DisplayName("names a STUN server that does not answer, and is through in time all the same")
    void saysThatAServerIsSilent(BrowserKind kind, Stage stage) {
        stage.startDemo("--stun", "stun:127.0.0.1:50001"); // where no browser's candidate gets
        var check = CheckPage.through(stage.open(kind, CheckPage.PATH));
        assertEquals(SAME_NETWORK + "Beyond that it finds no way.", check.verdict());
        assertEquals(List.of("host yes", "srflx no", "relay none"), check.ways());
        assertTrue(check.details().contains("stun:127.0.0.1:50001"), check.details());
        assertTrue(check.advice().contains("Through routers: stun:127.0.0.1:50001"), check.advice());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("says so where the server does not tell its servers, and where the browser has no WebRTC")
    void saysWhatIsNotThere(BrowserKind kind, Stage stage) {
        var check = CheckPage.through(stage.open(kind, CheckPage.PATH));
        check.page().evaluate("(globalThis.fetch = async () => new Response('rate-limited', { status: 429 }), true)");
        check.again();
        assertEquals(SAME_NETWORK + "More could not be tried.", check.verdict());
        assertTrue(DemoPage.error(check.page()).contains("429"), DemoPage.error(check.page()));
        assertTrue(check.details().contains("Not tried"), check.details());

        check.page().evaluate("(globalThis.RTCPeerConnection = undefined, true)");
        check.again();
        assertEquals("bad", check.state());
        assertTrue(check.verdict().startsWith("This browser has no WebRTC"), check.verdict());
        assertTrue(check.advice().contains("another browser"), check.advice());
        assertEquals("", DemoPage.error(check.page()));
    }
}
