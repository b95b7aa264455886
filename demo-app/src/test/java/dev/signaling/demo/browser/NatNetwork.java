package dev.signaling.demo.browser;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/**
 * Two homes behind a router each, and an internet with one server between them, in network namespaces that have no link to
 * any other:
 *
 * <pre>
 *   internet 203.0.113.10 --- router 203.0.113.21 --- home A 10.1.0.2, and next to it 10.1.0.3
 *                         \-- router 203.0.113.22 --- home B 10.2.0.2
 * </pre>
 *
 * The routers translate addresses (NAT), and let in only what answers to something from their home.
 */
final class NatNetwork implements AutoCloseable {

    /** What the routers do to ports. */
    enum Nat {
        /** Another port for each destination: what a STUN server says of it is true for nobody else. */
        SYMMETRIC("symmetric NATs", "masquerade fully-random"),
        /** The port that the program at home has, for every destination. */
        CONE("cone NATs", "masquerade");

        private final String name;
        private final String rule;

        Nat(String name, String rule) {
            this.name = name;
            this.rule = rule;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Where somebody is. */
    enum Home {
        A(1, 2),
        /** On another computer in the same home. */
        NEXT_TO_A(1, 3),
        B(2, 2);

        private final int network;
        private final int host;

        Home(int network, int host) {
            this.network = network;
            this.host = host;
        }
    }

    /** Where everything listens that people use. */
    static final String SERVER = "203.0.113.10";

    /** Another address of the server. */
    static final String SERVER_TOO = "203.0.113.11";

    /** Takes whatever goes to addresses that nobody has: a server on the internet is not told that there is nobody. */
    private static final String NOWHERE = "203.0.113.254";

    private static final Pattern BYTES = Pattern.compile("bytes (\\d+)");

    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private final Map<Integer, NetworkNamespace> routers = new HashMap<>();
    private final Map<Home, NetworkNamespace> homes = new EnumMap<>(Home.class);
    private final NetworkNamespace internet;

    private NatNetwork() {
        try {
            internet = add("internet");
            wireInternet();
            for (var home : Home.values()) {
                wire(home, routers.computeIfAbsent(home.network, this::wireRouter));
            }
            become(Nat.SYMMETRIC);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Makes one, with symmetric NATs.
     *
     * @throws TestAbortedException if this is not allowed here, or a program is missing: the test is skipped
     */
    static NatNetwork create() {
        NetworkNamespace.demand("nft");
        return new NatNetwork();
    }

    private NetworkNamespace add(String label) {
        var namespace = NetworkNamespace.create("signat-" + label);
        namespaces.add(namespace);
        // for the links to come; without ::1 on loopback, ChromeDriver finds no free port
        namespace.set("net/ipv6/conf/default/disable_ipv6", 1);
        return namespace;
    }

    private void wireInternet() {
        internet.ip("link", "add", "exchange", "type", "bridge");
        internet.ip("addr", "add", SERVER + "/24", "dev", "exchange");
        internet.ip("addr", "add", SERVER_TOO + "/24", "dev", "exchange");
        internet.ip("link", "set", "exchange", "up");
        internet.ip("neigh", "add", NOWHERE, "lladdr", "02:00:00:00:00:fe", "dev", "exchange", "nud", "permanent");
        internet.ip("route", "add", "default", "via", NOWHERE, "dev", "exchange");
    }

    private NetworkNamespace wireRouter(int number) {
        var router = add("router" + number);
        router.ip("link", "add", "wan", "type", "veth", "peer", "name", "to" + number, "netns", internet.name());
        internet.ip("link", "set", "to" + number, "master", "exchange", "up");
        router.ip("addr", "add", "203.0.113.2" + number + "/24", "dev", "wan");
        router.ip("link", "set", "wan", "up");
        router.ip("link", "add", "lan", "type", "bridge");
        router.ip("addr", "add", "10." + number + ".0.1/24", "dev", "lan");
        router.ip("link", "set", "lan", "up");
        router.set("net/ipv4/ip_forward", 1);
        router.execute(
                "nft",
                """
                table ip nat {
                  chain post { type nat hook postrouting priority srcnat; policy accept; }
                }
                table ip filter {
                  chain forward {
                    type filter hook forward priority filter; policy drop;
                    iifname "lan" accept
                    iifname "wan" ct state established,related accept
                  }
                  chain input {
                    type filter hook input priority filter; policy accept;
                    iifname "wan" ct state new drop
                  }
                }
                """);
        return router;
    }

    private void wire(Home at, NetworkNamespace router) {
        var home = add("home" + at.network + "-" + at.host);
        homes.put(at, home);
        router.ip("link", "add", "to" + at.host, "type", "veth", "peer", "name", "eth0", "netns", home.name());
        router.ip("link", "set", "to" + at.host, "master", "lan", "up");
        home.ip("addr", "add", "10." + at.network + ".0." + at.host + "/24", "dev", "eth0");
        home.ip("link", "set", "eth0", "up");
        home.ip("route", "add", "default", "via", "10." + at.network + ".0.1");
    }

    /** From now on both routers do this to what is new; what is under way goes on. */
    void become(Nat nat) {
        for (var router : routers.values()) {
            router.execute("nft", "flush chain ip nat post; add rule ip nat post oifname wan " + nat.rule);
        }
    }

    /** Where the servers are. */
    Place internet() {
        return internet;
    }

    /** Where the people are. */
    Place home(Home home) {
        return Optional.ofNullable(homes.get(home)).orElseThrow();
    }

    /** Counts from now on what goes to and from a TCP port of the server. */
    void count(int port) {
        internet.execute(
                "nft",
                """
                add table ip traffic
                delete table ip traffic
                table ip traffic {
                  chain in { type filter hook input priority filter; tcp dport %1$d counter; }
                  chain out { type filter hook output priority filter; tcp sport %1$d counter; }
                }
                """
                        .formatted(port));
    }

    /** How many bytes that were in both directions until now, those of IP and TCP included. */
    long counted() {
        return BYTES.matcher(internet.execute("nft", "list", "table", "ip", "traffic"))
                .results()
                .mapToLong(each -> Long.parseLong(each.group(1)))
                .sum();
    }

    /** Takes all of it down. What was started in it has to be ended before. */
    @Override
    public void close() {
        namespaces.forEach(NetworkNamespace::close);
        namespaces.clear();
    }
}
