package dev.signaling.jakarta;

import java.net.InetAddress;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a client says of itself when it asks for a connection (RFC 6455, section 4.1), or for ICE servers over plain HTTP.
 * Contains secrets (cookies, tokens in the query), which belong in no log.
 *
 * @param principal who the container has logged in by its own means; empty if nobody
 * @param headers of the request, {@code Origin}, {@code Host} and {@code Cookie} among them, whatever the case of their names,
 *     each with its values in the order in which they came
 * @param query the parameters behind the {@code ?} of the address, each with its values in their order, decoded as UTF-8;
 *     what cannot be decoded is left as it came
 * @param subprotocols which the client would speak, the one that it likes best first; empty if it names none. One that begins
 *     with {@value #TOKEN_PREFIX} is no format but a token
 * @param remoteAddress the address from which the connection comes, or, if that is one of the {@linkplain
 *     SignalingServer.Builder#proxies proxies} that the host trusts, from which that one says it was called; empty if the
 *     container does not tell
 */
public record Handshake(
        Optional<Principal> principal,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        List<String> subprotocols,
        Optional<String> remoteAddress) {

    /** What an entry of the subprotocols begins with that is not a format but a token, which is the rest of it. */
    public static final String TOKEN_PREFIX = "signaling.token.";

    /** Takes copies, in which the names of headers have no case. */
    public Handshake {
        TreeMap<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
        query = Map.copyOf(query);
        subprotocols = List.copyOf(subprotocols);
    }

    /** The same from there; unchanged if that is not known. */
    Handshake from(Optional<InetAddress> client) {
        return client.isEmpty()
                ? this
                : new Handshake(principal, headers, query, subprotocols, client.map(InetAddress::getHostAddress));
    }

    /** The first value of that header; empty if there is none. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of that parameter; empty if there is none. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first value of that cookie, as it came (RFC 6265, section 4.2); empty if there is none. */
    public Optional<String> cookie(String name) {
        return headers.getOrDefault("cookie", List.of()).stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /**
     * The token that the client shows among its subprotocols, which is where a page can put one that is to be in no address;
     * empty if it shows none there.
     */
    public Optional<String> subprotocolToken() {
        return subprotocols.stream()
                .filter(entry -> entry.startsWith(TOKEN_PREFIX))
                .map(entry -> entry.substring(TOKEN_PREFIX.length()))
                .findFirst();
    }

    /** The subprotocols without tokens. */
    List<String> formats() {
        return subprotocols.stream()
                .filter(entry -> !entry.startsWith(TOKEN_PREFIX))
                .toList();
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "Handshake[subprotocols=" + formats() + ", remoteAddress=" + remoteAddress + "]";
    }
}
