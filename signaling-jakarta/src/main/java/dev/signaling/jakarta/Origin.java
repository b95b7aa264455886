package dev.signaling.jakarta;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page is from, as browsers write it (RFC 6454, section 6.2): a scheme, a host and, unless it is the scheme's own, a
 * port, with nothing before, between or behind them.
 *
 * @param scheme in lower case
 * @param host a name or an address, in lower case
 * @param port the scheme's own if none was written; -1 if it has none of its own either
 */
record Origin(String scheme, String host, int port) {

    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::(?<port>[0-9]{1,5}))?",
            Pattern.CASE_INSENSITIVE);

    /** The schemes of pages that a server serves. */
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    /** Reads an origin; empty if the text is none, such as the {@code null} of a page from nowhere. */
    static Optional<Origin> of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        String written = parts.group("port");
        int port = written == null ? PORTS.getOrDefault(scheme, -1) : Integer.parseInt(written);
        return port > 65_535
                ? Optional.empty()
                : Optional.of(new Origin(scheme, parts.group("host").toLowerCase(Locale.ROOT), port));
    }

    /** Whether a page from here that connects to that host, as in the {@code Host} header, connects to where it is from. */
    boolean isFrom(String hostHeader) {
        return PORTS.containsKey(scheme) && of(scheme + "://" + hostHeader).equals(Optional.of(this));
    }
}
