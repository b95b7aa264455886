package dev.signaling.jakarta;

import dev.signaling.Limits;
import dev.signaling.SharedSecretTurn;
import dev.signaling.SignalingHub;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.SignalingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes an application's server of what the application configures: objects that it has of its own, in the first place
 * where there is one of the type, and otherwise keys.
 *
 * <p>Belongs to the thread on which the container deploys the application, whose context class loader is that one's.
 */
final class Deployment {

    private static final String DEFAULT_PATH = "/signal";
    private static final String NO_PATH = "none";

    private static final Class<?>[] OF_HUB = {
        Limits.class, RelayPolicy.class, ChannelStore.class, SignalingListener.class, IceServers.class
    };
    private static final Class<?>[] OF_SERVER = {
        SignalingHub.class, OriginPolicy.class, Authenticator.class, Liveness.class
    };

    private final List<Place> places;
    private final List<Place> hostPlaces; // without CDI
    private final Keys keys;
    private final Keys hostKeys; // without those of MicroProfile Config

    /**
     * A deployment that asks CDI and MicroProfile Config first, as far as they are there, and then these.
     *
     * @param variables the environment, which is asked for secrets alone
     */
    Deployment(List<Place> places, List<Keys.Source> sources, UnaryOperator<@Nullable String> variables) {
        List<Place> allPlaces = new ArrayList<>();
        if (CdiBeans.areHere(Deployment.class.getClassLoader())) {
            allPlaces.add(new CdiBeans());
        }
        allPlaces.addAll(places);
        List<Keys.Source> allSources = new ArrayList<>();
        MicroProfileKeys.current().ifPresent(allSources::add);
        allSources.add(Keys.environment(variables));
        allSources.addAll(sources);
        this.places = allPlaces;
        this.hostPlaces = List.copyOf(places);
        this.keys = new Keys(allSources);
        this.hostKeys = new Keys(sources);
    }

    /** The same, with the environment of this process. */
    Deployment(List<Place> places, List<Keys.Source> sources) {
        this(places, sources, System::getenv);
    }

    static Deployment withoutServlets() {
        return new Deployment(List.of(), List.of());
    }

    /** Where the endpoint is to be; empty if there is to be none. */
    Optional<String> path() {
        String path = keys.value(Keys.PATH, Deployment::path).orElse(DEFAULT_PATH);
        return path.equals(NO_PATH) ? Optional.empty() : Optional.of(path);
    }

    private static String path(String text) {
        if (!text.equals(NO_PATH) && !text.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException("neither a path such as /signal nor none: " + text);
        }
        return text;
    }

    /**
     * The application's server.
     *
     * @throws IllegalStateException if the configuration is wrong: says which key, or which type has too many objects
     */
    SignalingServer server() {
        Optional<SignalingServer> own = find(SignalingServer.class).or(Deployment::provided);
        if (own.isPresent()) {
            Keys unread = own.get().isConfigured() ? hostKeys : keys;
            unread.requireUnset(
                    SignalingServer.class,
                    Keys.ORIGINS,
                    Keys.PROXIES,
                    Keys.POLICY,
                    Keys.LIMITS,
                    Keys.LIVENESS,
                    Keys.ICE);
            requireAlone(SignalingServer.class, OF_SERVER);
            requireAlone(SignalingServer.class, OF_HUB);
            return own.get();
        }
        return ofParts().build();
    }

    /** A server of the application's parts and keys, without asking for one that is whole. */
    SignalingServer.Builder ofParts() {
        SignalingServer.Builder builder = SignalingServer.builder(hub());
        own(OriginPolicy.class, Keys.ORIGINS)
                .or(() -> keys.value(Keys.ORIGINS, Deployment::origins))
                .ifPresent(builder::origins);
        keys.value(Keys.PROXIES, text -> Proxies.of(list(text))).ifPresent(builder::proxies);
        find(Authenticator.class).ifPresent(builder::authenticator);
        builder.liveness(
                own(Liveness.class, Keys.LIVENESS).orElseGet(() -> keys.settings(Keys.LIVENESS, Liveness.defaults())));
        return builder;
    }

    private static Optional<SignalingServer> provided() {
        List<SignalingServerProvider> providers = new ArrayList<>();
        ServiceLoader.load(SignalingServerProvider.class).forEach(providers::add);
        if (providers.size() > 1) {
            throw new IllegalStateException("more than one " + SignalingServerProvider.class.getName());
        }
        return providers.stream().findFirst().map(SignalingServerProvider::signalingServer);
    }

    private SignalingHub hub() {
        Optional<SignalingHub> own = own(SignalingHub.class, Keys.LIMITS, Keys.POLICY, Keys.ICE);
        if (own.isPresent()) {
            requireAlone(SignalingHub.class, OF_HUB);
            return own.get();
        }
        SignalingHub.Builder builder = SignalingHub.builder();
        builder.limits(own(Limits.class, Keys.LIMITS).orElseGet(() -> keys.settings(Keys.LIMITS, Limits.defaults())));
        own(RelayPolicy.class, Keys.POLICY)
                .or(() -> keys.value(Keys.POLICY, Deployment::policy))
                .ifPresent(builder::policy);
        find(ChannelStore.class).ifPresent(builder::store);
        find(SignalingListener.class).ifPresent(builder::listener);
        own(IceServers.class, Keys.ICE).or(this::iceServers).ifPresent(builder::iceServers);
        return builder.build();
    }

    /** ICE servers by keys; empty if there are none. */
    private Optional<IceServers> iceServers() {
        SharedSecretTurn.Builder builder = SharedSecretTurn.builder();
        boolean hasStun =
                keys.value(Keys.STUN, text -> builder.stun(list(text))).isPresent();
        boolean hasTurn =
                keys.value(Keys.TURN, text -> builder.turn(list(text))).isPresent();
        boolean hasTtl =
                keys.value(Keys.ICE_TTL, text -> builder.ttl(Keys.time(text))).isPresent();
        if (hasTtl && !hasTurn) {
            throw new IllegalStateException(Keys.ICE_TTL + " would have no effect without " + Keys.TURN);
        }
        if (hasTurn) {
            builder.secrets(turnSecrets());
        }
        return hasStun || hasTurn ? Optional.of(builder.build()) : Optional.empty();
    }

    private Supplier<List<String>> turnSecrets() {
        Optional<List<String>> secrets = keys.value(Keys.TURN_SECRET, Deployment::secrets);
        Optional<TurnSecretFile> file = keys.value(Keys.TURN_SECRET_FILE, Deployment::secretFile);
        if (secrets.isPresent() == file.isPresent()) {
            throw new IllegalStateException(Keys.TURN + " needs either " + Keys.TURN_SECRET + " or "
                    + Keys.TURN_SECRET_FILE + (file.isPresent() ? ", and not both" : ""));
        }
        return file.isPresent() ? file.get() : secrets::orElseThrow;
    }

    private static List<String> secrets(String text) {
        List<String> secrets = List.of(list(text));
        if (secrets.size() > 2 || secrets.stream().anyMatch(secret -> secret.isEmpty() || secret.length() > 1_024)) {
            throw new IllegalArgumentException("neither one secret nor two, or one that is empty or too long");
        }
        return secrets;
    }

    private static TurnSecretFile secretFile(String text) {
        return TurnSecretFile.of(Path.of(text)); // an InvalidPathException tells the text, which is no secret
    }

    private static OriginPolicy origins(String text) {
        return switch (text) {
            case "same-host" -> OriginPolicy.sameHost();
            case "anyone" -> OriginPolicy.anyone();
            default -> OriginPolicy.anyOf(list(text));
        };
    }

    private static String[] list(String text) {
        return text.split("[,\\s]+");
    }

    private static RelayPolicy policy(String text) {
        return switch (text) {
            case "everyone-to-everyone" -> RelayPolicy.everyoneToEveryone();
            case "one-to-many" -> RelayPolicy.oneToMany();
            case "one-to-many-with-takeover" -> RelayPolicy.oneToManyWithTakeover();
            default ->
                throw new IllegalArgumentException(
                        "neither everyone-to-everyone, one-to-many nor one-to-many-with-takeover: " + text);
        };
    }

    /** The application's own object, which nothing may be set beside. */
    private <T> Optional<T> own(Class<T> type, String... prefixes) {
        Optional<T> found = find(type);
        if (found.isPresent()) {
            keys.requireUnset(type, prefixes);
        }
        return found;
    }

    /**
     * Sees to it that there are no parts beside it which would have no effect: an authenticator, say, that nobody asks. Not
     * among beans, of which it may have been made.
     */
    private void requireAlone(Class<?> own, Class<?>... parts) {
        for (Class<?> part : parts) {
            if (hostPlaces.stream().anyMatch(place -> place.find(part).isPresent())) {
                throw new IllegalStateException(
                        part.getName() + " would have no effect: the application has its own " + own.getSimpleName());
            }
        }
    }

    private <T> Optional<T> find(Class<T> type) {
        return places.stream().flatMap(place -> place.find(type).stream()).findFirst();
    }

    /** Where an application may leave an object for us. */
    interface Place {

        /** Its object of that type; empty if it has none here. */
        <T> Optional<T> find(Class<T> type);
    }
}
