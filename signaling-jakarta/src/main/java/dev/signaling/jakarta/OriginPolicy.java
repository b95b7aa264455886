package dev.signaling.jakarta;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which pages may connect. Browsers let every page open a WebSocket to every server and say in {@code Origin} which page
 * it is (RFC 6455, section 10.2); without a check a stranger's page acts with the visitor's cookies.
 *
 * <p>Called by many threads at once; must not block. One that throws has refused. A connection without an {@code Origin},
 * which no browser makes, is let in by all ready policies.
 */
@FunctionalInterface
public interface OriginPolicy {

    /**
     * Tells whether a page may connect.
     *
     * @param origin the {@code Origin} header as it came; empty if there is none. If it came twice, which no browser sends,
     *     both with a comma between them, which is no origin
     * @param host the {@code Host} header as it came, with the port if the client named one; empty if there is none
     */
    boolean allows(Optional<String> origin, Optional<String> host);

    /** Pages of the host that the connection is made to, by the same port. */
    static OriginPolicy sameHost() {
        return (origin, host) -> origin.isEmpty()
                || (host.isPresent()
                        && Origin.of(origin.get())
                                .filter(page -> page.isFrom(host.get()))
                                .isPresent());
    }

    /**
     * Pages of these origins, such as {@code https://example.org}.
     *
     * @throws IllegalArgumentException if one is no origin: scheme, host and, unless it is the scheme's own, port
     */
    static OriginPolicy anyOf(String... origins) {
        Set<Optional<Origin>> allowed = new HashSet<>();
        for (String text : origins) {
            Optional<Origin> origin = Origin.of(text);
            if (origin.isEmpty()) {
                throw new IllegalArgumentException("not an origin such as https://example.org: " + text);
            }
            allowed.add(origin);
        }
        return (origin, host) -> origin.isEmpty() || allowed.contains(Origin.of(origin.get()));
    }

    /** Pages whose origin passes the test. */
    static OriginPolicy matching(Predicate<String> test) {
        return (origin, host) -> origin.isEmpty() || test.test(origin.get());
    }

    /** Only pages, and of these only those: a connection without an {@code Origin} is refused. */
    static OriginPolicy onlyPages(OriginPolicy pages) {
        return (origin, host) -> origin.isPresent() && pages.allows(origin, host);
    }

    /** Every page. For servers that hand nothing to a visitor that they would not hand to anybody. */
    static OriginPolicy anyone() {
        return (origin, host) -> true;
    }
}
