package dev.signaling.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** An origin and a host, one behind the other: a page is let in only if another reader of addresses takes both for one. */
class OriginFuzzTest {

    @FuzzTest
    void letsInOnlyWhoIsFromHere(byte[] bytes) {
        String[] texts = new String(bytes, UTF_8).split("\n", 2);
        String origin = texts[0];
        String host = texts.length == 2 ? texts[1] : "example.org";
        boolean allowed = OriginPolicy.sameHost().allows(Optional.of(origin), Optional.of(host));
        if (allowed) {
            Optional<String> page = authority(origin);
            assertTrue(page.isPresent(), () -> origin + " is no origin");
            String scheme = origin.substring(0, origin.indexOf(':')).toLowerCase(Locale.ROOT);
            assertEquals(page, authority(scheme + "://" + host), () -> origin + " at " + host);
        }
        if (origin.chars().allMatch(c -> c < 128)) {
            Optional<String> upper = Optional.of(origin.toUpperCase(Locale.ROOT));
            assertEquals(allowed, OriginPolicy.sameHost().allows(upper, Optional.of(host)));
        }
        assertTrue(OriginPolicy.sameHost().allows(Optional.empty(), Optional.of(host)));
        assertFalse(OriginPolicy.sameHost().allows(Optional.of(origin), Optional.empty()));
        assertEquals(
                Origin.of("https://example.org").equals(Origin.of(origin)),
                OriginPolicy.anyOf("https://example.org").allows(Optional.of(origin), Optional.of(host)));
    }

    /** Scheme, host and port as {@link URI} has them; empty if there is anything else, or they are of no page. */
    private static Optional<String> authority(String text) {
        try {
            URI uri = new URI(text.toLowerCase(Locale.ROOT));
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            String rest = uri.getRawAuthority();
            if (!isWeb
                    || rest == null
                    || rest.contains("@")
                    || !(uri.getScheme() + "://" + rest).equals(uri.toString())) {
                return Optional.empty();
            }
            int own = uri.getScheme().equals("http") ? 80 : 443;
            int colon = rest.lastIndexOf(':');
            boolean hasPort = colon > rest.lastIndexOf(']') && colon + 1 < rest.length();
            String name = colon > rest.lastIndexOf(']') ? rest.substring(0, colon) : rest;
            return Optional.of(uri.getScheme() + "://" + name + ":"
                    + (hasPort ? Integer.parseInt(rest.substring(colon + 1)) : own));
        } catch (URISyntaxException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
