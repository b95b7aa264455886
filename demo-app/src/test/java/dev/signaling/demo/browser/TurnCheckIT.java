package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.demo.browser.NatNetwork.Home;
import dev.signaling.demo.browser.NatNetwork.Nat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("scenario")
@DisplayName("The connection check, behind a NAT and with a TURN server")
@ExtendWith(StageExtension.class)
class TurnCheckIT {

    private static final String DIRECT = "This browser can reach others in the same network and through most routers";
    private static final String NOWHERE = "203.0.113.99";

    private static Secrets startDemo(NatStage stage, String secret, String... options) {
        var secrets = stage.secrets(secret);
        var file = Stream.of("--turn-secret-file", secrets.file().toString());
        stage.startDemo(Stream.concat(Stream.of(options), file).toArray(String[]::new));
        return secrets;
    }

    private static CheckPage check(BrowserKind kind, NatStage stage) {
        return CheckPage.through(stage.open(Home.A, kind, CheckPage.PATH));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("tells a relay over UDP from one over TCP, and under which address the browser is seen")
    void tellsUdpFromTcp(BrowserKind kind, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = stage.startCoturn("right");
        startDemo(stage, "right", "--stun", coturn.stun(), "--turn", coturn.turn("udp"), "--turn", coturn.turn("tcp"));
        var check = check(kind, stage);
        assertEquals(DIRECT + "; video can also be relayed by the TURN server, over UDP and TCP.", check.verdict());
        assertEquals("good", check.state());
        assertEquals(List.of("host yes", "srflx yes", "relay udp yes", "relay tcp yes"), check.ways());
        assertEquals("", check.advice());
        assertTrue(check.details().contains("203.0.113.21"), check.details());
        assertTrue(check.candidates().containsAll(List.of("host", "srflx", "relay")), check.candidates()::toString);
        assertFalse(check.copy().contains("credential"), check::copy);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("says that over UDP there is nobody while over TCP there is")
    void saysThatUdpIsBlocked(BrowserKind kind, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = stage.startCoturn("right");
        startDemo(stage, "right", "--turn", "turn:" + NOWHERE + ":3478?transport=udp", "--turn", coturn.turn("tcp"));
        var check = check(kind, stage);
        assertEquals(
                "This browser can reach others in the same network; video can also be relayed by the TURN server, over TCP.",
                check.verdict());
        assertEquals(List.of("host yes", "srflx none", "relay udp no", "relay tcp yes"), check.ways());
        assertTrue(check.advice().contains("Over UDP: turn:" + NOWHERE), check.advice());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("says that the TURN server refuses the credential, and once the secret is right that it does not")
    void saysThatTheCredentialIsRefused(BrowserKind kind, NatStage stage) {
        stage.behind(Nat.SYMMETRIC);
        var coturn = stage.startCoturn("right");
        var secrets = startDemo(
                stage, "wrong", "--stun", coturn.stun(), "--turn", coturn.turn("udp"), "--turn", coturn.turn("tcp"));
        var check = check(kind, stage);
        assertTrue(check.verdict().startsWith(DIRECT + ". Beyond that it finds no way"), check.verdict());
        assertEquals(List.of("host yes", "srflx yes", "relay udp no", "relay tcp no"), check.ways());
        assertTrue(check.details().contains("refused the credential"), check.details());
        assertTrue(check.advice().contains("static-auth-secret"), check.advice());

        secrets.become("another", "right"); // as while one replaces the other
        check.page().waiting("a relay").until(() -> check.again().state(), "good"::equals);
    }
}
