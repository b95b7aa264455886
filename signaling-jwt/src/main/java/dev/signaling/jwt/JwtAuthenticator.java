package dev.signaling.jwt;

import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.jakarta.Handshake;
import dev.signaling.spi.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Lets in whoever shows a good token that names somebody, and nobody else (401). The {@link Identity} has that name, the
 * channels and roles that the token allows, and ends with it; a peer of {@code signaling.v1} may show another one meanwhile.
 *
 * <p>Where the token may stand is the host's to say: for programs in the header {@code Authorization}, for pages in an entry of
 * the subprotocols or in a cookie. A cookie goes along with every request of a browser's, whatever page has made it: with one
 * the {@link dev.signaling.jakarta.OriginPolicy} must not be {@code anyone}. What stands in the query gets into the logs of
 * servers and proxies.
 */
public final class JwtAuthenticator implements Authenticator {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([^ ]+)"); // RFC 6750, section 2.1

    private final TokenVerifier verifier;
    private final List<Function<Handshake, Optional<String>>> places;

    private JwtAuthenticator(Builder builder) {
        verifier = builder.verifier;
        places = List.copyOf(builder.places);
    }

    /** One that looks for the token in the header {@code Authorization}, and then in the subprotocols. */
    public static JwtAuthenticator of(TokenVerifier verifier) {
        return builder(verifier).bearer().subprotocol().build();
    }

    /** Starts without a place to look for the token. */
    public static Builder builder(TokenVerifier verifier) {
        return new Builder(verifier);
    }

    /** {@inheritDoc} Blocks only where keys have to be fetched. */
    @Override
    public Authentication authenticate(Handshake handshake) {
        return places.stream()
                .flatMap(place -> place.apply(handshake).stream())
                .findFirst()
                .flatMap(this::identity)
                .map(Authentication::granted)
                .orElse(Authentication.unauthenticated());
    }

    @Override
    public Optional<Identity> renew(String token, Identity current) {
        return identity(token);
    }

    private Optional<Identity> identity(String token) {
        return verifier.verify(token).flatMap(TokenClaims::identity);
    }

    /** Collects the places where a token may stand; the first that has one counts. Not for use by several threads. */
    public static final class Builder {

        private final TokenVerifier verifier;
        private final List<Function<Handshake, Optional<String>>> places = new ArrayList<>();

        private Builder(TokenVerifier verifier) {
            this.verifier = verifier;
        }

        /** In the header {@code Authorization}, behind {@code Bearer} (RFC 6750, section 2.1), which no page can set for a
         * WebSocket. */
        public Builder bearer() {
            return at(handshake -> handshake
                    .header("authorization")
                    .map(BEARER::matcher)
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> matcher.group(1)));
        }

        /** In an entry of the subprotocols, behind {@value Handshake#TOKEN_PREFIX}. */
        public Builder subprotocol() {
            return at(Handshake::subprotocolToken);
        }

        /** In the cookie of that name. */
        public Builder cookie(String name) {
            return at(handshake -> handshake.cookie(name));
        }

        /** In the query's parameter of that name. */
        public Builder query(String name) {
            return at(handshake -> handshake.parameter(name));
        }

        private Builder at(Function<Handshake, Optional<String>> place) {
            places.add(place);
            return this;
        }

        /**
         * Makes the authenticator.
         *
         * @throws IllegalStateException if there is no place
         */
        public JwtAuthenticator build() {
            if (places.isEmpty()) {
                throw new IllegalStateException("no place to look for a token");
            }
            return new JwtAuthenticator(this);
        }
    }
}
