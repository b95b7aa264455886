package dev.signaling.jakarta;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies whose word is taken for where a client is: each adds to {@code X-Forwarded-For}, or to {@code Forwarded} (RFC
 * 7239), the address that it was called from. Anybody can write such a header, so only what stands behind the last
 * address that is no proxy's is believed, and nothing at all of what does not come by a proxy.
 */
record Proxies(List<Network> trusted) {

    static final Proxies NONE = new Proxies(List.of());

    /**
     * Reads the proxies' addresses and networks.
     *
     * @throws IllegalArgumentException if one is neither
     */
    static Proxies of(String... addresses) {
        return new Proxies(Stream.of(addresses).map(Network::of).toList());
    }

    /** Where the client is; empty if that is not known. */
    Optional<InetAddress> client(Handshake handshake) {
        Optional<InetAddress> caller = handshake.remoteAddress().flatMap(Network::address);
        if (caller.isEmpty() || !isTrusted(caller.get())) {
            return caller;
        }
        List<Optional<InetAddress>> plain = plain(handshake);
        List<Optional<InetAddress>> standard = standard(handshake);
        if (plain.isEmpty() || standard.isEmpty()) {
            return Optional.of(client(caller.get(), plain.isEmpty() ? standard : plain));
        }
        // a proxy writes one of the two, and the other may be the client's own invention
        InetAddress one = client(caller.get(), plain);
        return Optional.of(one.equals(client(caller.get(), standard)) ? one : caller.get());
    }

    /** The last that is no proxy; if one is not to be read, the proxy that should have known better. */
    private InetAddress client(InetAddress caller, List<Optional<InetAddress>> way) {
        InetAddress client = caller;
        for (int i = way.size() - 1; i >= 0 && isTrusted(client) && way.get(i).isPresent(); i--) {
            client = way.get(i).get();
        }
        return client;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Optional<InetAddress>> plain(Handshake handshake) {
        return handshake.headers().getOrDefault("X-Forwarded-For", List.of()).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(Proxies::address)
                .toList();
    }

    private static List<Optional<InetAddress>> standard(Handshake handshake) {
        return handshake.headers().getOrDefault("Forwarded", List.of()).stream()
                .flatMap(line -> split(line, ',').stream())
                .map(Proxies::caller)
                .toList();
    }

    /** Who called a proxy, by what that one added (RFC 7239, section 4). */
    private static Optional<InetAddress> caller(String element) {
        return split(element, ';').stream()
                .map(String::strip)
                .filter(pair -> pair.toLowerCase(Locale.ROOT).startsWith("for="))
                .findFirst()
                .flatMap(pair -> address(pair.substring("for=".length())));
    }

    /** An address as proxies write it: in quotation marks or not, with a port or without. */
    private static Optional<InetAddress> address(String written) {
        String text = written.strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
        return Network.address(hasPort ? text.substring(0, colon) : text);
    }

    /** Parts a text where the character stands outside of quotation marks (RFC 9110, section 5.6.4). */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
