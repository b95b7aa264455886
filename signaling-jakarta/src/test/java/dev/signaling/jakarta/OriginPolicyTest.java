package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

    private static final Optional<String> NONE = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "http://example.org, example.org",
        "https://example.org, example.org",
        "http://example.org, example.org:80",
        "https://example.org, example.org:443",
        "https://example.org:443, example.org",
        "http://example.org:8080, example.org:8080",
        "HTTP://Example.ORG, eXample.org",
        "http://localhost:8080, localhost:8080",
        "http://127.0.0.1, 127.0.0.1",
        "http://[::1]:8080, [::1]:8080",
        "http://[::1], [::1]:80",
        "http://[2001:db8::80], [2001:DB8::80]",
        "http://my_host:8080, my_host:8080",
        "https://xn--bcher-kva.example, xn--bcher-kva.example",
        "http://example.org., example.org.",
        "http://example.org.:8080, EXAMPLE.org.:8080",
        "http://[fe80::1]:8080, [fe80::1]:8080",
        "http://example.org:00080, example.org"
    })
    void sameHostLetsAPageOfTheHostIn(String origin, String host) {
        assertTrue(OriginPolicy.sameHost().allows(Optional.of(origin), Optional.of(host)));
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org, example.org:8080",
        "http://example.org:8080, example.org",
        "http://example.org:443, example.org",
        "https://example.org:80, example.org",
        "https://example.org, example.org:80",
        "http://example.org.evil.example, example.org",
        "http://evil-example.org, example.org",
        "http://example.org.:8080, example.org:8080",
        "http://example.orgx, example.org",
        "http://example.com, example.org",
        "http://sub.example.org, example.org",
        "http://example.org, sub.example.org",
        "http://example.org@evil.example, example.org",
        "http://evil.example@example.org, example.org",
        "http://evil.example#example.org, example.org",
        "http://evil.example\\@example.org, example.org",
        "http://example.org/page, example.org",
        "http://example.org?x, example.org",
        "http://example.org, x@example.org",
        "http://example.org, example.org/x",
        "http://[::1]:8080, [::1]",
        "http://[::1], [::2]",
        "http://127.0.0.1, localhost",
        "http://2130706433, 127.0.0.1",
        "file://, example.org",
        "ftp://example.org, example.org",
        "chrome-extension://example.org, example.org",
        "ws://example.org, example.org",
        "example.org, example.org",
        "//example.org, example.org",
        "null, example.org",
        "null, null",
        "'', example.org",
        "http://, example.org",
        "http://, ''",
        "'http://example.org http://evil.example', example.org",
        "http://exämple.org, example.org",
        "http://bücher.example, xn--bcher-kva.example",
        "http://example.org., example.org",
        "http://example.org, example.org.",
        "http://example.org:80:80, example.org",
        "http://example.org:, example.org",
        "http://example.org:65616, example.org", // 80 and 65,536
        "http://example.org:-80, example.org",
        "http://example.org%2eevil.example, example.org",
        "http://examp1e.org, example.org",
        "http://xn--exmple-cua.org, example.org",
        "http://ex\u0430mple.org, example.org",
        "http://\u212Aexample.org, kexample.org", // the Kelvin sign, whose lower case is k
        "http://[::1]:8080, [::1]:8081",
        "http://[::1.evil.example], [::1]",
        "http://[::1, [::1]",
        "http://::1, ::1",
        "http://[::1%25eth0], [::1]",
        "http://[::ffff:127.0.0.1], 127.0.0.1",
        "'http://example.org, http://example.org', example.org",
        "'http://example.org, http://evil.example', example.org",
        "'http://evil.example, http://example.org', example.org",
        "http://example.org, 'example.org, evil.example'",
        "'http://example.org\t', example.org",
        "'\u0000http://example.org', example.org"
    })
    void sameHostKeepsEveryOtherPageOut(String origin, String host) {
        assertFalse(OriginPolicy.sameHost().allows(Optional.of(origin), Optional.of(host)));
    }

    @Test
    void sameHostKeepsAPageOutThatAskedForNoHost() {
        assertFalse(OriginPolicy.sameHost().allows(Optional.of("http://example.org"), NONE));
    }

    /** In time that grows with the length, and without a deep stack. */
    @ParameterizedTest
    @ValueSource(strings = {"http://%s", "http://%s:80", "http://[%s]", "%s://example.org", "http://example.org/%s"})
    void aVeryLongOriginIsRefusedLikeAnyOther(String form) {
        for (String letter : new String[] {"a", "1", ".", ":", "/", "a.", "\u0000"}) {
            Optional<String> origin = Optional.of(String.format(form, letter.repeat(1_000_000)));
            assertTimeout(Duration.ofSeconds(5), () -> {
                assertFalse(OriginPolicy.sameHost().allows(origin, Optional.of("example.org")));
                assertFalse(OriginPolicy.anyOf("http://example.org").allows(origin, Optional.of("example.org")));
            });
        }
    }

    @Test
    void onlyPagesKeepsOutWhatIsNone() {
        OriginPolicy policy = OriginPolicy.onlyPages(OriginPolicy.sameHost());
        assertFalse(policy.allows(NONE, Optional.of("example.org")));
        assertTrue(policy.allows(Optional.of("http://example.org"), Optional.of("example.org")));
        assertFalse(policy.allows(Optional.of("http://evil.example"), Optional.of("example.org")));
    }

    @Test
    void readyPoliciesLetInWhatIsNoPage() {
        Optional<String> host = Optional.of("example.org");
        assertTrue(OriginPolicy.sameHost().allows(NONE, host));
        assertTrue(OriginPolicy.sameHost().allows(NONE, NONE));
        assertTrue(OriginPolicy.anyOf().allows(NONE, host));
        assertTrue(OriginPolicy.matching(origin -> false).allows(NONE, host));
        assertTrue(OriginPolicy.anyone().allows(NONE, host));
    }

    @Test
    void anyOfLetsTheListedPagesInWhereverTheyConnect() {
        OriginPolicy policy = OriginPolicy.anyOf("https://Example.org", "http://localhost:8080", "http://[::1]:80");
        assertEquals(true, policy.allows(Optional.of("https://example.org"), Optional.of("signal.example.net")));
        assertEquals(true, policy.allows(Optional.of("http://localhost:8080"), NONE));
        assertEquals(true, policy.allows(Optional.of("http://[::1]"), NONE));
        for (String stranger : new String[] {
            "http://example.org",
            "https://example.org:8443",
            "https://example.org.evil.example",
            "https://example.org/",
            "http://localhost",
            "null",
            ""
        }) {
            assertFalse(policy.allows(Optional.of(stranger), Optional.of("example.org")), stranger);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "example.org",
                "//example.org",
                "https://",
                "https:example.org",
                "https://example.org/",
                "https://example.org?x",
                "https://example.org#x",
                "https://user@example.org",
                "https://example.org:99999",
                "https://example.org:x",
                "https://*.example.org",
                "https://bücher.example",
                "https://example.org,https://example.net",
                "https://[::1",
                "https://example.org https://example.net"
            })
    void anyOfTakesNothingThatIsNoOrigin(String text) {
        assertThrows(IllegalArgumentException.class, () -> OriginPolicy.anyOf("http://localhost", text));
    }

    @Test
    void matchingAsksTheTest() {
        OriginPolicy policy = OriginPolicy.matching(origin -> origin.endsWith(".example.org"));
        assertTrue(policy.allows(Optional.of("https://a.example.org"), NONE));
        assertFalse(policy.allows(Optional.of("https://a.example.net"), NONE));
    }

    @Test
    void anyoneLetsEveryPageIn() {
        assertTrue(OriginPolicy.anyone().allows(Optional.of("null"), NONE));
    }
}
