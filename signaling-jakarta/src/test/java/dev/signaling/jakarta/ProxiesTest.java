package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proxies are 10.0.0.0/8 and ::1; addresses of clients are those for documents, 192.0.2.0/24 and 2001:db8::/32. */
class ProxiesTest {

    private static final Proxies PROXIES = Proxies.of("10.0.0.0/8", "::1");

    private static String client(String caller, Map<String, List<String>> headers) {
        return PROXIES.client(new Handshake(Optional.empty(), headers, Map.of(), List.of(), Optional.of(caller)))
                .map(InetAddress::getHostAddress)
                .orElse("nobody knows");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 192.0.2.7, 192.0.2.7",
        "10.0.0.1, '192.0.2.7, 10.0.0.2', 192.0.2.7",
        "10.0.0.1, '192.0.2.66, 192.0.2.7, 10.0.0.2', 192.0.2.7", // the first one is the client's invention
        "10.0.0.1, '192.0.2.7,10.0.0.2 , 10.0.0.3', 192.0.2.7",
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3", // all are proxies: the farthest
        "10.0.0.1, 192.0.2.7:4711, 192.0.2.7",
        "10.0.0.1, 2001:db8::7, 2001:db8:0:0:0:0:0:7",
        "10.0.0.1, [2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "10.0.0.1, [2001:db8::7]:4711, 2001:db8:0:0:0:0:0:7",
        "::1, 192.0.2.7, 192.0.2.7",
        "10.0.0.1, unknown, 10.0.0.1",
        "10.0.0.1, '192.0.2.7, unknown', 10.0.0.1",
        "10.0.0.1, 'unknown, 192.0.2.7', 192.0.2.7",
        "10.0.0.1, '192.0.2.7, garbage, 10.0.0.2', 10.0.0.2",
        "10.0.0.1, '192.0.2.7,', 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, localhost, 10.0.0.1",
        "192.0.2.9, 198.51.100.1, 192.0.2.9", // no proxy of ours
        "192.0.2.9, 10.0.0.1, 192.0.2.9",
        "11.0.0.1, 192.0.2.7, 11.0.0.1"
    })
    void believesNobodyButAProxy(String caller, String written, String expected) {
        assertEquals(expected, client(caller, Map.of("X-Forwarded-For", List.of(written))));
    }

    @ParameterizedTest
    @CsvSource({
        "for=192.0.2.7, 192.0.2.7",
        "For=\"192.0.2.7:4711\", 192.0.2.7",
        "'by=10.0.0.1;for=192.0.2.7;proto=https', 192.0.2.7",
        "'for=192.0.2.66, for=192.0.2.7, for=10.0.0.2', 192.0.2.7",
        "'for=\"[2001:db8:cafe::17]:4711\"', 2001:db8:cafe:0:0:0:0:17",
        "for=unknown, 10.0.0.1",
        "for=_hidden, 10.0.0.1",
        "'for=192.0.2.7, by=10.0.0.2', 10.0.0.1",
        "'by=\"a, for=192.0.2.66\"', 10.0.0.1", // inside of quotation marks nothing ends
        "'for=192.0.2.7;by=\"a, for=192.0.2.66\"', 192.0.2.7",
        "'for=192.0.2.7;by=\"\\\", for=192.0.2.66\"', 192.0.2.7",
        "'for=192.0.2.66, by=\"', 10.0.0.1",
        "'', 10.0.0.1"
    })
    void readsTheStandardsHeaderAsWell(String written, String expected) {
        assertEquals(expected, client("10.0.0.1", Map.of("forwarded", List.of(written))));
    }

    @Test
    void severalLinesAreOneList() {
        assertEquals(
                "192.0.2.7",
                client("10.0.0.1", Map.of("x-forwarded-for", List.of("192.0.2.66", "192.0.2.7", "10.0.0.2"))));
    }

    @Test
    void ofTwoHeadersThatDisagreeNeitherIsBelieved() {
        List<String> plain = List.of("192.0.2.7");
        assertEquals(
                "192.0.2.7",
                client("10.0.0.1", Map.of("X-Forwarded-For", plain, "Forwarded", List.of("for=192.0.2.7"))));
        assertEquals(
                "10.0.0.1",
                client("10.0.0.1", Map.of("X-Forwarded-For", plain, "Forwarded", List.of("for=192.0.2.66"))));
    }

    @Test
    void withoutProxiesTheCallerIsTheClient() {
        Handshake handshake = new Handshake(
                Optional.empty(),
                Map.of("X-Forwarded-For", List.of("192.0.2.66")),
                Map.of(),
                List.of(),
                Optional.of("192.0.2.7"));
        assertEquals(Network.address("192.0.2.7"), Proxies.NONE.client(handshake));
        Handshake fromNowhere =
                new Handshake(Optional.empty(), handshake.headers(), Map.of(), List.of(), Optional.empty());
        assertEquals(Optional.empty(), PROXIES.client(fromNowhere));
    }

    @Test
    void aVeryLongWayIsReadInTime() {
        String way = "10.0.0.2, ".repeat(100_000) + "10.0.0.3";
        String quoted = "for=\"" + "\\\"".repeat(500_000);
        assertTimeout(Duration.ofSeconds(5), () -> {
            assertEquals("10.0.0.2", client("10.0.0.1", Map.of("X-Forwarded-For", List.of(way))));
            assertEquals("10.0.0.1", client("10.0.0.1", Map.of("Forwarded", List.of(quoted))));
        });
    }

    @Test
    void aNameIsNoProxy() {
        assertThrows(IllegalArgumentException.class, () -> Proxies.of("10.0.0.1", "proxy.example"));
    }
}
