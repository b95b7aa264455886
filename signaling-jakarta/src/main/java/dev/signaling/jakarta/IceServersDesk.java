package dev.signaling.jakarta;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.IceConfiguration;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.net.InetAddress;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Tells ICE servers over plain HTTP, for pages whose format has no words for them (PROTOCOL.md, T28). Whoever asks passes the
 * same {@link Gate} as a handshake, but for what concerns sessions alone, and not more often than its address may.
 *
 * <p>Pages of other origins that may connect may read the answer too (CORS, the Fetch standard).
 */
final class IceServersDesk {

    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final SignalingHub hub;
    private final Gate gate;
    private final AddressRates rates;
    private final Jsonb jsonb = JsonbBuilder.create();

    IceServersDesk(SignalingHub hub, Gate gate, LongSupplier nanoTime) {
        this.hub = hub;
        this.gate = gate;
        Limits limits = hub.limits();
        this.rates = new AddressRates(limits.iceRequestsPerSecond(), limits.iceRequestBurst(), nanoTime);
    }

    IceServersResponse answer(String method, Handshake request) {
        boolean isAllowed = gate.allowsToRead(request);
        Headers headers = new Headers(isAllowed ? gate.readerOrigin(request) : Optional.empty());
        return switch (method) {
            case "GET" -> get(request, isAllowed, headers);
            case "HEAD" -> withoutBody(get(request, isAllowed, headers));
            case "OPTIONS" -> options(request, isAllowed, headers);
            default -> headers.with("Allow", METHODS).refuse(405, "method-not-allowed");
        };
    }

    private IceServersResponse get(Handshake request, boolean isAllowed, Headers headers) {
        if (!isAllowed) {
            return headers.refuse(403, Gate.ORIGIN_REFUSED);
        }
        if (!hub.hasIceServers()) {
            return headers.refuse(404, "no-ice-servers");
        }
        Optional<InetAddress> client = gate.client(request);
        if (!rates.take(client)) { // before anybody is asked who it is: that may be what takes time
            return headers.with("Retry-After", "1").refuse(Verdict.TOO_MANY, "rate-limited");
        }
        Authentication who = gate.authenticate(request.from(client));
        if (who.identity().isEmpty()) {
            if (who.status() == 401) {
                headers.with("WWW-Authenticate", Gate.CHALLENGE);
            }
            return headers.refuse(who.status(), Gate.AUTHENTICATION_REFUSED);
        }
        Optional<IceConfiguration> servers = hub.iceServers(who.identity().get());
        if (servers.isEmpty()) {
            return headers.with("Retry-After", "10").refuse(503, "ice-servers-unavailable");
        }
        return headers.with("Content-Type", "application/json")
                .answer(200, jsonb.toJson(IceServersJson.of(servers.get())));
    }

    /** A browser asks this way before it sends the header {@code Authorization} to another origin. */
    private IceServersResponse options(Handshake request, boolean isAllowed, Headers headers) {
        if (!isAllowed) {
            return headers.refuse(403, Gate.ORIGIN_REFUSED);
        }
        if (request.header("Access-Control-Request-Method").isEmpty()) {
            return headers.with("Allow", METHODS).answer(204, "");
        }
        return headers.with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", "Authorization")
                .with("Access-Control-Max-Age", "600")
                .answer(204, "");
    }

    private static IceServersResponse withoutBody(IceServersResponse response) {
        return new IceServersResponse(response.status(), response.headers(), "");
    }

    /** The headers of one answer, of which each has these. */
    private static final class Headers {

        private final TreeMap<String, String> all = new TreeMap<>();

        Headers(Optional<String> reader) {
            with("Cache-Control", "no-store");
            with("X-Content-Type-Options", "nosniff");
            with("Vary", "Origin");
            reader.ifPresent(origin ->
                    with("Access-Control-Allow-Origin", origin).with("Access-Control-Allow-Credentials", "true"));
        }

        final Headers with(String name, String value) {
            all.put(name, value);
            return this;
        }

        /** One line, which tells a stranger nothing of the server's inside. */
        IceServersResponse refuse(int status, String reason) {
            return with("Content-Type", "text/plain;charset=UTF-8").answer(status, reason + "\n");
        }

        IceServersResponse answer(int status, String body) {
            return new IceServersResponse(status, all, body);
        }
    }
}
