package dev.signaling.jakarta;

import dev.signaling.spi.Identity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may open a session: by the page's origin, the format that it asks for, how many sessions its address has, and
 * the host's authenticator. Once for each handshake: either in front of the container, by the {@link GateFilter}, or inside, by the {@link
 * SignalingConfigurator}, which takes the verdict of the former if there is one.
 */
final class Gate {

    static final String ORIGIN_REFUSED = "origin-refused";
    static final String SUBPROTOCOL_REFUSED = "subprotocol-refused";
    static final String TOO_MANY_FROM_ADDRESS = "too-many-from-address";
    static final String AUTHENTICATION_REFUSED = "authentication-refused";

    /** RFC 9110, section 15.5.2: with 401 there has to be one. */
    static final String CHALLENGE = "Signaling";

    private static final Logger LOGGER = System.getLogger(Gate.class.getName());

    private final OriginPolicy origins;
    private final Proxies proxies;
    private final AddressPlaces places;
    private final Authenticator authenticator;
    private final Predicate<List<String>> speaksOneOf;

    /** What the filter found, while the container is at the handshake: it calls the configurator on the same thread. */
    @SuppressWarnings(
            "ThreadLocalUsage") // each gate's own, so that no endpoint takes another one's verdict for its own
    private final ThreadLocal<@Nullable Verdict> found = new ThreadLocal<>();

    Gate(
            OriginPolicy origins,
            Proxies proxies,
            AddressPlaces places,
            Authenticator authenticator,
            Predicate<List<String>> speaksOneOf) {
        this.origins = origins;
        this.proxies = proxies;
        this.places = places;
        this.authenticator = authenticator;
        this.speaksOneOf = speaksOneOf;
    }

    Verdict judge(Handshake handshake) {
        Optional<String> origin = whole(handshake, "Origin");
        if (!allows(origin, whole(handshake, "Host"))) {
            LOGGER.log(Level.DEBUG, "refused a page of another origin: {0}", printable(origin.orElse("none")));
            return Verdict.refused(ORIGIN_REFUSED, 403);
        }
        List<String> asked = handshake.formats();
        if (!asked.isEmpty() && !speaksOneOf.test(asked)) {
            LOGGER.log(Level.DEBUG, "refused a client of other formats: {0}", printable(asked.toString()));
            return Verdict.refused(SUBPROTOCOL_REFUSED, 400);
        }
        Optional<InetAddress> client = client(handshake);
        if (places.isFull(client)) {
            return Verdict.refused(TOO_MANY_FROM_ADDRESS, Verdict.TOO_MANY);
        }
        Authentication answer = authenticate(handshake.from(client));
        if (answer.identity().isEmpty()) {
            LOGGER.log(Level.DEBUG, "refused by the authenticator, with {0}", answer.status());
            return Verdict.refused(AUTHENTICATION_REFUSED, answer.status());
        }
        return Verdict.granted(answer.identity().get(), client);
    }

    /** A header that came twice is one text (RFC 9110, section 5.2): no policy sees the half that suits it. */
    private static Optional<String> whole(Handshake handshake, String name) {
        List<String> values = handshake.headers().getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** What a new token of a peer's is worth, by the same authenticator. */
    Optional<Identity> renew(String token, Identity current) {
        return authenticator.renew(token, current);
    }

    private boolean allows(Optional<String> origin, Optional<String> host) {
        try {
            return origins.allows(origin, host);
        } catch (Throwable e) {
            LOGGER.log(Level.ERROR, "the origin policy threw, which refuses a connection", e);
            return false;
        }
    }

    /** Where a client is; empty if that is not known. */
    Optional<InetAddress> client(Handshake handshake) {
        return proxies.client(handshake);
    }

    /**
     * Whether whoever asks over plain HTTP may read the answer. A page of the server's own origin sends no {@code Origin}
     * then: that it is one, its browser says by {@code Sec-Fetch-Site} (W3C Fetch Metadata), and if it is another one that
     * sends none, such as by an image, too. Nothing says whether it came by http or https, so it is both.
     */
    boolean allowsToRead(Handshake request) {
        Optional<String> origin = whole(request, "Origin");
        Optional<String> host = whole(request, "Host");
        String site = whole(request, "Sec-Fetch-Site").orElse("");
        boolean isAllowed;
        if (origin.isPresent() || site.isEmpty() || site.equals("none")) {
            isAllowed = allows(origin, host);
        } else if (site.equals("same-origin") && host.isPresent()) {
            isAllowed = allows(Optional.of("https://" + host.get()), host)
                    || allows(Optional.of("http://" + host.get()), host);
        } else {
            isAllowed = allows(Optional.of("null"), host); // which is how browsers write what they do not tell
        }
        if (!isAllowed) {
            LOGGER.log(Level.DEBUG, "refused a page of another origin: {0}", printable(origin.orElse(site)));
        }
        return isAllowed;
    }

    /** The page's origin, fit to stand in a header of the answer; empty if it has named none that is one. */
    Optional<String> readerOrigin(Handshake request) {
        return whole(request, "Origin")
                .filter(origin -> origin.equals("null") || Origin.of(origin).isPresent());
    }

    /** Who it is, by the host's own authenticator; one that throws has refused. */
    Authentication authenticate(Handshake handshake) {
        try {
            return Objects.requireNonNull(authenticator.authenticate(handshake), "no answer");
        } catch (Throwable e) {
            LOGGER.log(Level.ERROR, "the authenticator threw, which refuses a connection", e);
            return Authentication.forbidden();
        }
    }

    /** From now on this thread is at a handshake that has been judged, until it {@linkplain #leave() leaves}. */
    void enter(Verdict verdict) {
        found.set(verdict);
    }

    void leave() {
        found.remove();
    }

    /** The verdict on the handshake that this thread is at; empty if nobody has judged it yet. */
    Optional<Verdict> found() {
        Optional<Verdict> verdict = Optional.ofNullable(found.get());
        if (verdict.isEmpty()) {
            found.remove(); // asking has made an entry
        }
        return verdict;
    }

    /** Containers differ in whether they part a list that stands in one header (RFC 9110, section 5.6.1). */
    static List<String> tokens(Stream<String> values) {
        return values.flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** A stranger's text, fit for one line of a log. */
    private static String printable(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
