package dev.signaling;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.PeerId;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of a short life for TURN servers that share a secret with this one (draft-uberti-behave-turn-rest-00), as
 * coturn does by {@code use-auth-secret}: the user name is the time of their end, in seconds since 1970, a colon, and a name;
 * the credential is the base64 of its HMAC-SHA1 by the secret. The secret itself never leaves: nobody who gets a credential
 * can make another one, and it is in no text, log or exception of this class's.
 *
 * <p>The name is the one that the host knows the peer by, or else the peer's id, or else random: a TURN server can count by
 * it what one user relays. It is read by whoever sees the packets. What is not a letter or digit of ASCII, or one of
 * {@code . _ - @ +}, or is too long, has a hash in its place.
 *
 * <p>With two secrets each TURN server is named twice, with a credential by each, the first secret's first: so one can be
 * replaced while servers know either. {@code signaling-client} tries one after the other. A page that hands a browser both
 * gets no further than the first over UDP if that is refused, so that the first had better be the one that most servers know.
 *
 * <p>Safe to be used by several threads; blocks only if its supplier of secrets does.
 */
public final class SharedSecretTurn implements IceServers {

    /** The longest secret, in characters. */
    private static final int LONGEST_SECRET = 1_024;

    private static final int LONGEST_NAME = 64;
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._@+-]{1," + LONGEST_NAME + "}");

    private final List<IceServer> stun; // at most one, with all URLs
    private final List<String> turn;
    private final Supplier<List<String>> secrets;
    private final Duration ttl;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private SharedSecretTurn(Builder builder) {
        stun = builder.stun.isEmpty()
                ? List.of()
                : List.of(new IceServer(builder.stun, Optional.empty(), Optional.empty()));
        turn = List.copyOf(builder.turn);
        secrets = Objects.requireNonNullElse(builder.secrets, List::of);
        ttl = builder.ttl;
        clock = builder.clock;
    }

    /** Starts with no server, and credentials that hold for an hour. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The servers, with fresh credentials.
     *
     * @throws IllegalStateException if the supplier of secrets has none now, more than two, or one that is empty or too
     *     long; or if Java has no HMAC-SHA1. The words tell no secret
     */
    @Override
    public IceConfiguration serversFor(Identity identity, Optional<PeerId> peer) {
        if (turn.isEmpty()) {
            return new IceConfiguration(stun, Optional.empty());
        }
        String name = identity.name()
                .filter(known -> !known.isEmpty())
                .or(() -> peer.map(PeerId::value))
                .map(SharedSecretTurn::safe)
                .orElseGet(this::unknown);
        String username = clock.instant().plus(ttl).getEpochSecond() + ":" + name;
        List<IceServer> servers = new ArrayList<>(stun);
        for (String secret : required(secrets.get())) {
            servers.add(new IceServer(turn, Optional.of(username), Optional.of(credential(secret, username))));
        }
        return new IceConfiguration(servers, Optional.of(ttl));
    }

    private static List<String> required(List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > 2) {
            throw new IllegalStateException("a TURN server needs one secret, or two, not " + secrets.size());
        }
        for (String secret : secrets) {
            if (secret.isBlank() || secret.length() > LONGEST_SECRET) {
                throw new IllegalStateException(
                        "a secret of a TURN server is empty, or has over " + LONGEST_SECRET + " characters");
            }
        }
        return secrets;
    }

    private static String credential(String secret, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no HMAC-SHA1", e);
        }
    }

    /** The name if it may stand in a user name as it is; or else its hash, which no other name has. */
    private static String safe(String name) {
        if (SAFE.matcher(name).matches()) {
            return name;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "~" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }

    private String unknown() {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** Tells where the servers are, and no secret. */
    @Override
    public String toString() {
        return "SharedSecretTurn[stun=" + stun + ", turn=" + turn + ", ttl=" + ttl + "]";
    }

    /** Collects what is told to pages. Not for use by several threads. */
    public static final class Builder {

        private List<String> stun = List.of();
        private List<String> turn = List.of();
        private @Nullable Supplier<List<String>> secrets;
        private Duration ttl = Duration.ofHours(1);
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Where the STUN servers are.
         *
         * @throws IllegalArgumentException if there are none or too many, or if one is no URL of STUN's (RFC 7064)
         */
        public Builder stun(String... urls) {
            stun = IceServer.stun(urls).urls();
            return this;
        }

        /**
         * Where the TURN servers are, which all know the secret.
         *
         * @throws IllegalArgumentException if there are none or too many, or if one is no URL of TURN's (RFC 7065)
         */
        public Builder turn(String... urls) {
            turn = IceServer.turn("user", "credential", urls).urls();
            return this;
        }

        /**
         * The one secret, for good.
         *
         * @throws IllegalArgumentException if it is blank, or has over 1,024 characters
         */
        public Builder secret(String value) {
            if (value.isBlank() || value.length() > LONGEST_SECRET) {
                throw new IllegalArgumentException(
                        "the secret is empty, or has over " + LONGEST_SECRET + " characters");
            }
            return secrets(() -> List.of(value));
        }

        /**
         * Where the secret comes from, or two while one replaces the other; asked each time, by many threads at once, so that
         * a new one holds from the next credential on. It must not block. What it throws belongs in no page, but goes into
         * the log: so it has no secret in it.
         */
        public Builder secrets(Supplier<List<String>> value) {
            secrets = value;
            return this;
        }

        /**
         * For how long credentials hold. An hour by default: those who are connected get fresh ones after half of it, and one
         * that has got about is soon worth nothing. A page that is told over HTTP alone has to ask again by itself, and
         * may want a day, which is what the draft recommends. A TURN server checks the end when a relay is asked for, and
         * not afterwards.
         *
         * @throws IllegalArgumentException if it is under a second, or over {@link IceConfiguration#LONGEST_TTL}
         */
        public Builder ttl(Duration value) {
            ttl = new IceConfiguration(List.of(), Optional.of(value)).ttl().orElseThrow();
            return this;
        }

        /** What time it is; the system's clock by default. The TURN servers' clocks have to agree. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /**
         * Makes it. The secrets are not asked for yet.
         *
         * @throws IllegalStateException if there is no server, or a TURN server and no secret
         */
        public SharedSecretTurn build() {
            if (stun.isEmpty() && turn.isEmpty()) {
                throw new IllegalStateException("there is neither a STUN nor a TURN server");
            }
            if (!turn.isEmpty() && secrets == null) {
                throw new IllegalStateException("there is a TURN server and no secret");
            }
            return new SharedSecretTurn(this);
        }
    }
}
