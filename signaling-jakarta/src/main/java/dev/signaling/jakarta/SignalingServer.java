package dev.signaling.jakarta;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.AddressPlaces.Place;
import dev.signaling.spi.Dialect;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Carries a {@link SignalingHub} over the WebSocket endpoints of a Jakarta container: what they have in common.
 *
 * <p>May be used by several threads. While it has sessions, or waits for peers that may come back, it has a daemon thread
 * that sends pings and watches deadlines; while it closes sessions, up to four more.
 */
public final class SignalingServer implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(SignalingServer.class.getName());
    private static final Duration SPREAD = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(2);

    private final SignalingHub hub;
    private final AddressPlaces places;
    private final Gate gate;
    private final SessionKeeper keeper;
    private final IceServersDesk iceServers;
    private final Dialect withoutSubprotocol;
    private final Map<String, Dialect> dialects;
    private final boolean configured;

    private SignalingServer(Builder builder) {
        hub = builder.hub;
        places = new AddressPlaces(hub.limits(), builder.nanoTime);
        gate = new Gate(builder.origins, builder.proxies, places, builder.authenticator, asked -> subprotocol(asked)
                .isPresent());
        Map<String, Dialect> all = new LinkedHashMap<>();
        withoutSubprotocol = ours(TutorialDialect::new);
        all.put(TutorialDialect.SUBPROTOCOL, withoutSubprotocol);
        all.put(SignalingV1Dialect.SUBPROTOCOL, ours(() -> new SignalingV1Dialect(hub.limits())));
        all.putAll(builder.dialects);
        dialects = Collections.unmodifiableMap(all);
        iceServers = new IceServersDesk(hub, gate, builder.nanoTime);
        keeper = new SessionKeeper(hub, places::tick, builder.liveness, builder.period, builder.nanoTime);
        configured = builder.configured;
    }

    private static Dialect ours(Supplier<Dialect> made) {
        try {
            return made.get();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("no JSON-B on the class path: add one, such as org.eclipse:yasson", e);
        }
    }

    /** A server for that hub with everything else at its default: pages of the same host, {@link Liveness#defaults()}. */
    public static SignalingServer of(SignalingHub hub) {
        return builder(hub).build();
    }

    /**
     * A server of what the application has: CDI beans that are parts of a server or its hub, and keys of MicroProfile
     * Config, as far as either is there, or else the defaults. This is for applications without servlets that make it a
     * bean, so that they can close it when they stop. Such a bean is no reason to refuse those keys, since it has read them.
     *
     * <p>Call it on a thread of the application's, when its beans are there: in a producer.
     *
     * @throws IllegalStateException if the configuration is wrong, or if the class path has no JSON-B
     * @throws jakarta.json.bind.JsonbException if it has the API but no implementation
     */
    public static SignalingServer configured() {
        return Deployment.withoutServlets().ofParts().configured().build();
    }

    /** Starts from the defaults. */
    public static Builder builder(SignalingHub hub) {
        return new Builder(hub);
    }

    /**
     * Adds an endpoint to a container, before its first request: from a {@code ServletContextListener}, or wherever the
     * container is started.
     *
     * @param path of the endpoint, such as {@code /signal}
     * @throws DeploymentException if the container does not take it, because the path is taken or no path
     */
    public void register(ServerContainer container, String path) throws DeploymentException {
        container.addEndpoint(endpointConfig(path));
    }

    /** What {@link #register} hands the container, for those that want it in another way. */
    public ServerEndpointConfig endpointConfig(String path) {
        return ServerEndpointConfig.Builder.create(SessionEndpoint.class, path)
                .subprotocols(List.copyOf(dialects.keySet()))
                .configurator(new SignalingConfigurator(this))
                .build();
    }

    /**
     * Answers who asks for ICE servers over plain HTTP, by {@code GET} of the endpoint's path and {@code /ice-servers}: for
     * pages whose format has no words for them (PROTOCOL.md, T28). In a servlet container the {@link IceServersServlet} does;
     * this is for whatever else serves HTTP.
     *
     * <p>Whoever asks has to pass the same origin policy and authenticator as with a handshake, and may do so as often as
     * {@link dev.signaling.Limits#iceRequestsPerSecond()} says. May be called by many threads at once; blocks if one of those
     * does.
     *
     * @param method of the request, such as {@code GET}; others are answered as HTTP has it
     * @param request what else it says of itself; it asks for no subprotocol
     */
    public IceServersResponse iceServers(String method, Handshake request) {
        return iceServers.answer(method, request);
    }

    /** The hub that all endpoints of this server share. */
    public SignalingHub hub() {
        return hub;
    }

    /**
     * Tells every peer that the server stops, and closes its session with 1001. New ones are refused for good. Waits until
     * all are closed and no thread of the server's is left, so that the container may stop, and forget the application,
     * right after this: a second for those that have yet to read what they were sent, and two for the container to close
     * what is left, at most. A second call has no effect.
     */
    @Override
    public void close() {
        hub.goAway(SPREAD);
        keeper.awaitNone(FAREWELL);
        keeper.stop(STOP);
    }

    /** How many sessions are not closed yet; none once this is closed. */
    public int sessions() {
        return keeper.sessions();
    }

    /**
     * Takes a session that the container has opened, for the endpoint to note and then to {@linkplain
     * SignalingSession#connect() connect}; empty if it is not to be, in which case it is being closed.
     *
     * @param judged the verdict on its handshake, if that is known other than by its user properties
     */
    Optional<SignalingSession> open(Session session, EndpointConfig config, Optional<Verdict> judged) {
        Verdict verdict = judged.orElseGet(() -> Verdict.of(session.getUserProperties(), config.getUserProperties()));
        Optional<Dialect> dialect = dialect(session.getNegotiatedSubprotocol());
        if (verdict.isRefused()) {
            return refuse(session, verdict);
        }
        if (dialect.isEmpty()) {
            return refuse(session, Verdict.refused(Gate.SUBPROTOCOL_REFUSED, 400));
        }
        session.setMaxIdleTimeout(-1); // liveness is ours; some containers would schedule a task a message
        Optional<Place> place = places.take(verdict.address()); // not at the handshake, which may come to nothing
        if (place.isEmpty()) {
            return refuse(session, Verdict.refused(Gate.TOO_MANY_FROM_ADDRESS, Verdict.TOO_MANY));
        }
        SignalingSession signaling =
                new SignalingSession(session, this, dialect.get(), verdict.identity(), place.get());
        keeper.keep(signaling);
        return Optional.of(signaling);
    }

    /** The dialect that was agreed upon; containers say in either way that none was. */
    private Optional<Dialect> dialect(@Nullable String subprotocol) {
        return subprotocol == null || subprotocol.isEmpty()
                ? Optional.of(withoutSubprotocol)
                : Optional.ofNullable(dialects.get(subprotocol));
    }

    private Optional<SignalingSession> refuse(Session session, Verdict verdict) {
        keeper.close(() -> close(session, new CloseReason(verdict.closeCode(), verdict.refusal())));
        return Optional.empty();
    }

    private static void close(Session session, CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "a refused session did not close cleanly", e);
        }
    }

    /** Whether it has read the keys of MicroProfile Config. */
    boolean isConfigured() {
        return configured;
    }

    /** How many addresses have sessions, of those that are counted. */
    int addresses() {
        return places.addresses();
    }

    Gate gate() {
        return gate;
    }

    SessionKeeper keeper() {
        return keeper;
    }

    /** The first of these that there is a dialect for: the client names them in the order in which it likes them. */
    Optional<String> subprotocol(List<String> asked) {
        return asked.stream().filter(dialects::containsKey).findFirst();
    }

    /** Collects what a server is made of. Not for use by several threads. */
    public static final class Builder {

        /** RFC 6455, section 4.1: a token of HTTP's (RFC 9110, section 5.6.2). */
        private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");

        private final SignalingHub hub;
        private final Map<String, Dialect> dialects = new LinkedHashMap<>();
        private OriginPolicy origins = OriginPolicy.sameHost();
        private Proxies proxies = Proxies.NONE;
        private Authenticator authenticator = Authenticator.anyone();
        private Liveness liveness = Liveness.defaults();
        private Duration period = Duration.ofSeconds(1);
        private LongSupplier nanoTime = System::nanoTime;
        private boolean configured;

        private Builder(SignalingHub hub) {
            this.hub = hub;
        }

        /** Which pages may connect; those of the same host by default. */
        public Builder origins(OriginPolicy value) {
            origins = value;
            return this;
        }

        /**
         * The proxies in front of the server, by addresses such as {@code 192.0.2.7} or {@code ::1} and networks such as
         * {@code 10.0.0.0/8}; none by default. Whoever calls from there is taken to be where the proxy says that it was
         * called from, by {@code X-Forwarded-For} or {@code Forwarded} (RFC 7239): the last address there that is no proxy's
         * itself. If both are there and say different things, neither is believed. From anywhere else those headers mean
         * nothing.
         *
         * <p>That is what {@link dev.signaling.Limits#connectionsPerAddress()} counts by, and what an {@link Authenticator}
         * is told. A proxy has to add the address that it was called from: one that passes on what the client wrote, and
         * adds nothing, lets everybody choose an address.
         *
         * @throws IllegalArgumentException if one is neither an address nor a network; a name is neither
         */
        public Builder proxies(String... addresses) {
            return proxies(Proxies.of(addresses));
        }

        Builder proxies(Proxies value) {
            proxies = value;
            return this;
        }

        /** Who somebody is that wants to connect; everybody may by default. */
        public Builder authenticator(Authenticator value) {
            authenticator = value;
            return this;
        }

        /** When a silent peer is gone. */
        public Builder liveness(Liveness value) {
            liveness = value;
            return this;
        }

        /**
         * What clients speak that ask for that subprotocol, besides {@value SignalingV1Dialect#SUBPROTOCOL} and {@value
         * TutorialDialect#SUBPROTOCOL}, whose own may be replaced. Who asks for none speaks the tutorial's format, and who asks for others only is refused.
         *
         * <p>A host that lets the container find the {@link SignalingEndpoint} by scanning has this by its {@link
         * SignalingServerProvider}.
         *
         * @throws IllegalArgumentException if a subprotocol cannot be called that (RFC 6455, section 4.1)
         */
        public Builder dialect(String subprotocol, Dialect value) {
            if (!TOKEN.matcher(subprotocol).matches()) {
                throw new IllegalArgumentException("no name of a subprotocol: " + subprotocol);
            }
            dialects.put(subprotocol, value);
            return this;
        }

        /** How often the sessions are looked at, and by which clock: for tests that move it by hand. */
        Builder time(Duration lookEvery, LongSupplier clock) {
            period = lookEvery;
            nanoTime = clock;
            return this;
        }

        /** What it is made of was read from the application's configuration. */
        Builder configured() {
            configured = true;
            return this;
        }

        /**
         * Makes the server.
         *
         * @throws IllegalStateException if the class path has no JSON-B
         * @throws jakarta.json.bind.JsonbException if it has the API but no implementation
         */
        public SignalingServer build() {
            return new SignalingServer(this);
        }
    }
}
