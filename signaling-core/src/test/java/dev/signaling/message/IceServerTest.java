package dev.signaling.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IceServerTest {

    private static final Optional<String> NAME = Optional.of("1767229200:ann");
    private static final Optional<String> CREDENTIAL = Optional.of("n88NbElL9GakolrNH9uw7P0p09E=");

    /** RFC 7064, appendix B, and hosts as RFC 3986, section 3.2.2, has them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "stun:example.org",
                "stuns:example.org",
                "stun:example.org:8000",
                "stun:a",
                "stun:stun_1.example-1.org:1",
                "stun:xn--bcher-kva.example:65535",
                "stun:1.2.3.4",
                "stun:255.255.255.255:3478",
                "stun:1.example.org",
                "stun:[::]",
                "stun:[::1]:3478",
                "stuns:[2001:db8::1]:5349",
                "stun:[1:2:3:4:5:6:7:8]",
                "stun:[1::8]",
                "stun:[1:2:3:4:5:6:7::]",
                "stun:[::2:3:4:5:6:7:8]",
                "stun:[::ffff:192.0.2.1]",
                "stun:[1:2:3:4:5:6:192.0.2.1]"
            })
    void takesAUrlOfStun(String url) {
        assertEquals(List.of(url), IceServer.stun(url).urls());
    }

    /** RFC 7065, appendix B. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "turn:example.org",
                "turns:example.org",
                "turn:example.org:8000",
                "turn:example.org?transport=udp",
                "turn:example.org?transport=tcp",
                "turns:example.org?transport=tcp",
                "turn:example.org:8000?transport=udp",
                "turn:192.0.2.1:8000?transport=tcp",
                "turns:[2001:db8::1]:443?transport=tcp"
            })
    void takesAUrlOfTurn(String url) {
        assertEquals(List.of(url), IceServer.turn("name", "credential", url).urls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "stun",
                "stun:",
                "stun::3478",
                "stun://example.org",
                "stun:example.org/",
                "stun:example.org:",
                "stun:example.org:0",
                "stun:example.org:65536",
                "stun:example.org:-1",
                "stun:example.org:99999999999",
                "stun:example.org:http",
                "stun:example.org#1",
                "stun:example.org?",
                "stun:example.org?transport=udp",
                "stun:user@example.org",
                "stun:exa mple.org",
                " stun:example.org",
                "stun:example.org\n",
                "stun:example..org",
                "stun:.example.org",
                "stun:example.org.",
                "stun:-example.org",
                "stun:example-.org",
                "stun:b\u00fccher.example",
                "stun:%65xample.org",
                "stun:1.2.3",
                "stun:1.2.3.4.5",
                "stun:1.2.3.256",
                "stun:01.2.3.4",
                "stun:example.1",
                "stun:2001:db8::1",
                "stun:[]",
                "stun:[:]",
                "stun:[:::]",
                "stun:[1::2::3]",
                "stun:[1:2:3:4:5:6:7]",
                "stun:[1:2:3:4:5:6:7:8:9]",
                "stun:[1:2:3:4:5:6:7::8]",
                "stun:[12345::]",
                "stun:[g::]",
                "stun:[::1.2.3]",
                "stun:[::1.2.3.4:5]",
                "stun:[fe80::1%eth0]",
                "stun:[v1.x]",
                "stun:[::1",
                "http://example.org",
                "turn:example.org"
            })
    void takesNothingElseForAUrlOfStun(String url) {
        assertThrows(IllegalArgumentException.class, () -> IceServer.stun(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turn:",
                "turn:example.org?",
                "turn:example.org?transport",
                "turn:example.org?transport=",
                "turn:example.org?transport=sctp",
                "turn:example.org?transport=tcp&x",
                "turn:example.org?x=1",
                "turn:example.org?transport=udp?transport=tcp",
                "turn:?transport=udp",
                "turn://example.org",
                "stun:example.org"
            })
    void takesNothingElseForAUrlOfTurn(String url) {
        assertThrows(IllegalArgumentException.class, () -> IceServer.turn("name", "credential", url));
    }

    @Test
    void writesUrlsAsBrowsersReadThem() {
        assertEquals(
                List.of("turns:turn.example.org:443?transport=tcp"),
                IceServer.turn("name", "credential", "TURNS:Turn.Example.ORG:443?Transport=TCP")
                        .urls());
    }

    @Test
    void saysWhatIsWrongWithAUrl() {
        assertEquals(
                "the URL of an ICE server, stun:example.org:0, has a port that is not between 1 and 65535",
                words("stun:example.org:0"));
        assertEquals(
                "the URL of an ICE server, stun:h?transport=udp, has a transport, which STUN has no words for",
                words("stun:h?transport=udp"));
    }

    /** Somebody may have taken the place of the secret for that of the URL, or have written both into one. */
    @ParameterizedTest
    @ValueSource(strings = {"a secret", "turn:ann:a secret@example.org", "turnip: a secret", "stun:a\nsecret"})
    void doesNotRepeatWhatMayBeASecret(String text) {
        assertFalse(words(text).contains("secret"), words(text));
    }

    private static String words(String url) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> IceServer.stun(url))
                .getMessage());
    }

    @Test
    void isBounded() {
        assertThrows(
                IllegalArgumentException.class, () -> new IceServer(List.of(), Optional.empty(), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new IceServer(Collections.nCopies(17, "stun:h"), Optional.empty(), Optional.empty()));
        assertEquals(
                253,
                ("a".repeat(49) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(63) + ".example.org")
                        .length());
        IceServer.stun("stun:" + "a".repeat(49) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(63)
                + ".example.org:65535");
        assertThrows(IllegalArgumentException.class, () -> IceServer.stun("stun:" + "a.".repeat(127) + "org"));
        assertThrows(IllegalArgumentException.class, () -> IceServer.stun("stun:" + "a".repeat(64)));
        assertThrows(IllegalArgumentException.class, () -> IceServer.stun("stun:" + "a".repeat(1_000_000)));
        IceServer.turn("n".repeat(508), "c".repeat(508), "turn:h");
        assertThrows(IllegalArgumentException.class, () -> IceServer.turn("n".repeat(509), "c", "turn:h"));
        assertThrows(IllegalArgumentException.class, () -> IceServer.turn("n", "c".repeat(509), "turn:h"));
        assertThrows(IllegalArgumentException.class, () -> IceServer.turn("", "c", "turn:h"));
        assertThrows(IllegalArgumentException.class, () -> IceServer.turn("n", "c\n", "turn:h"));
    }

    @Test
    void needsACredentialForTurnAndForNothingElse() {
        List<String> turn = List.of("turn:h");
        assertThrows(IllegalArgumentException.class, () -> new IceServer(turn, Optional.empty(), CREDENTIAL));
        assertThrows(IllegalArgumentException.class, () -> new IceServer(turn, NAME, Optional.empty()));
        List<String> stun = List.of("stun:h");
        assertThrows(IllegalArgumentException.class, () -> new IceServer(stun, NAME, CREDENTIAL));
        assertThrows(IllegalArgumentException.class, () -> new IceServer(stun, NAME, Optional.empty()));
        List<String> both = List.of("stun:h", "turn:h");
        assertThrows(IllegalArgumentException.class, () -> new IceServer(both, NAME, CREDENTIAL));
    }

    @Test
    void tellsNeitherNameNorCredential() {
        IceServer server = new IceServer(List.of("turn:h", "turns:h"), NAME, CREDENTIAL);
        assertEquals("IceServer[turn:h, turns:h]", server.toString());
        IceConfiguration configuration = new IceConfiguration(List.of(server), Optional.of(Duration.ofHours(1)));
        assertEquals(
                "IceConfiguration[servers=[IceServer[turn:h, turns:h]], ttl=Optional[PT1H]]", configuration.toString());
        assertEquals(
                "FreshIceServers[configuration=" + configuration + ", id=Optional.empty]",
                new ServerMessage.FreshIceServers(configuration, Optional.empty()).toString());
    }

    @Test
    void aConfigurationIsBounded() {
        IceServer server = IceServer.stun("stun:h");
        List<IceServer> most = Collections.nCopies(16, server);
        assertEquals(most, new IceConfiguration(most, Optional.empty()).servers());
        List<IceServer> tooMany = Collections.nCopies(17, server);
        assertThrows(IllegalArgumentException.class, () -> new IceConfiguration(tooMany, Optional.empty()));
        for (Duration ttl :
                List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(999), Duration.ofDays(366))) {
            assertThrows(IllegalArgumentException.class, () -> new IceConfiguration(most, Optional.of(ttl)));
        }
    }
}
