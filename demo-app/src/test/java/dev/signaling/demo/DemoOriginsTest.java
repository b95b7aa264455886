package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOriginsTest {

    private static final List<String> NAMED = List.of("https://Example.org", "null");

    @ParameterizedTest
    @CsvSource({
        // listening on, page's origin, asked for, allowed
        "127.0.0.1, http://127.0.0.1:8080, 127.0.0.1:8080, true",
        "127.0.0.1, http://localhost:8080, 127.0.0.1:8080, true",
        "127.0.0.1, http://localhost:5500, 127.0.0.1:8080, true",
        "127.0.0.1, https://LOCALHOST, 127.0.0.1:8080, true",
        "127.0.0.1, http://[::1]:5500, localhost:8080, true",
        "::1, http://localhost:5500, [::1]:8080, true",
        "localhost, http://localhost:5500, localhost:8080, true",
        "127.0.0.1, http://localhost.evil.example, 127.0.0.1:8080, false",
        "127.0.0.1, http://evil.example, 127.0.0.1:8080, false",
        "127.0.0.1, http://evil.example@localhost, 127.0.0.1:8080, false",
        "127.0.0.1, http://localhost@evil.example, 127.0.0.1:8080, false",
        "127.0.0.1, http://evil.example#localhost, 127.0.0.1:8080, false",
        "127.0.0.1, http://localhost/, 127.0.0.1:8080, false",
        "127.0.0.1, file://, 127.0.0.1:8080, false",
        "127.0.0.1, '', 127.0.0.1:8080, false",
        "0.0.0.0, http://192.0.2.7:8080, 192.0.2.7:8080, true",
        "0.0.0.0, http://localhost:8080, localhost:8080, true",
        "0.0.0.0, http://localhost:5500, localhost:8080, false",
        "0.0.0.0, http://evil.example, 192.0.2.7:8080, false",
        "192.0.2.7, http://localhost:5500, 192.0.2.7:8080, false"
    })
    void letsPagesInByWhereTheyAreFrom(String listeningOn, String origin, String host, boolean allowed) {
        assertEquals(allowed, new DemoOrigins(listeningOn, List.of()).allows(Optional.of(origin), Optional.of(host)));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org, true",
        "https://example.org:443, true",
        "null, true",
        "http://example.org, false",
        "https://example.org.evil.example, false",
        "https://www.example.org, false"
    })
    void letsPagesInThatWereNamed(String origin, boolean allowed) {
        DemoOrigins origins = new DemoOrigins("0.0.0.0", NAMED);
        assertEquals(allowed, origins.allows(Optional.of(origin), Optional.of("192.0.2.7:8080")));
    }

    @Test
    void letsInWhatIsNoPage() {
        assertEquals(true, new DemoOrigins("0.0.0.0", List.of()).allows(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "https://example.org/", "https://example.org/page", "*", "NULL"})
    void takesNothingThatIsNoOrigin(String text) {
        assertThrows(IllegalArgumentException.class, () -> new DemoOrigins("127.0.0.1", List.of(text)));
    }
}
