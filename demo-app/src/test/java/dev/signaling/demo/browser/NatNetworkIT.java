package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.demo.browser.NatNetwork.Home;
import dev.signaling.demo.browser.NatNetwork.Nat;
import jakarta.json.JsonString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scenario")
@DisplayName("The network of the tests across NATs")
@ExtendWith(StageExtension.class)
class NatNetworkIT {

    /** What a server on the internet sees of a socket at home, asked at two addresses. */
    private static final String SEEN =
            """
            async (...urls) => {
              const connection = new RTCPeerConnection({ iceServers: [{ urls }] });
              const seen = new Set();
              const done = new Promise((resolve) => {
                connection.onicecandidate = ({ candidate }) => {
                  if (candidate === null) {
                    resolve();
                  } else if (candidate.type === 'srflx') {
                    seen.add(`${candidate.address} ${candidate.port}`);
                  }
                };
              });
              connection.createDataChannel('any');
              await connection.setLocalDescription();
              await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5_000))]);
              connection.close();
              return [...seen];
            }
            """;

    @ParameterizedTest(name = "{0}, in {1}")
    @CsvSource({"SYMMETRIC, CHROMIUM, 2", "SYMMETRIC, FIREFOX, 2", "CONE, CHROMIUM, 1", "CONE, FIREFOX, 1"})
    @DisplayName("has routers that use another port for each destination, or the same")
    void translates(Nat nat, BrowserKind kind, int ports, NatStage stage) {
        stage.behind(nat);
        stage.demo();
        var page = stage.open(Home.A, kind, "/index.html");

        var seen = page.run(
                        SEEN, stage.coturn().stun(), stage.startCoturn("any").stun())
                .asJsonArray()
                .getValuesAs(JsonString::getString);

        assertEquals(ports, seen.size(), seen::toString);
        assertTrue(seen.stream().allMatch(each -> each.startsWith("203.0.113.21 ")), seen::toString);
    }
}
