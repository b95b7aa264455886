package dev.signaling.demo.browser;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.TestAbortedException;

/**
 * A network namespace with one host in it, and a switch between it and the tests' own network that can be unplugged: a
 * viewer's home. Its default route leads to the tests' own, which passes nothing on: so every address that a streamer there
 * gathers can be reached, whichever network it is of.
 */
final class FarNetwork implements Place, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int number = COUNT.incrementAndGet();
    private final String plug = "sf" + number + "p" + ProcessHandle.current().pid() % 100_000;
    private final String hub = "sf" + number + "b" + ProcessHandle.current().pid() % 100_000;
    private final NetworkNamespace namespace = NetworkNamespace.create("sigfar" + number);
    private int host = 2;

    private FarNetwork() {}

    /**
     * Makes one.
     *
     * @throws TestAbortedException if this is not allowed here: the test is skipped
     */
    static FarNetwork create() {
        var network = new FarNetwork();
        try {
            network.wire();
            return network;
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    /**
     * Done once nothing about it changes by itself any more, since Chromium gives up what it loads when the network does
     * (ERR_NETWORK_CHANGED): a bridge is up a second after its first link, and an address of IPv6, which nothing here needs,
     * is ready a second or two after that.
     */
    private void wire() {
        NetworkNamespace.run("ip", "link", "add", hub, "type", "bridge");
        NetworkNamespace.run("ip", "link", "set", hub, "addrgenmode", "none");
        NetworkNamespace.run("ip", "addr", "add", near() + "/24", "dev", hub);
        NetworkNamespace.run("ip", "link", "set", hub, "up");
        NetworkNamespace.run(
                "ip", "link", "add", plug, "type", "veth", "peer", "name", "eth0", "netns", namespace.name());
        NetworkNamespace.run("ip", "link", "set", plug, "addrgenmode", "none");
        namespace.ip("link", "set", "eth0", "addrgenmode", "none");
        NetworkNamespace.run("ip", "link", "set", plug, "master", hub, "up");
        namespace.ip("link", "set", "eth0", "up");
        address();
        await().atMost(PATIENCE)
                .until(() -> NetworkNamespace.run("ip", "link", "show", hub).contains("state UP"));
    }

    private void address() {
        namespace.ip("addr", "add", prefix() + host + "/24", "dev", "eth0");
        namespace.ip("route", "add", "default", "via", near());
    }

    private String prefix() {
        return "10.78." + number % 250 + ".";
    }

    /** The tests' address on this network. */
    String near() {
        return prefix() + 1;
    }

    /** Nothing gets through any more, in either direction, and neither side is told: the links stay up. */
    void unplug() {
        NetworkNamespace.run("ip", "link", "set", plug, "nomaster");
    }

    /** All gets through again. */
    void plugIn() {
        NetworkNamespace.run("ip", "link", "set", plug, "master", hub);
    }

    /** The host loses its address and gets another one. */
    void move() {
        host++;
        namespace.ip("addr", "flush", "dev", "eth0");
        address();
    }

    @Override
    public List<String> command(List<String> words) {
        return namespace.command(words);
    }

    @Override
    public void reach(int port) {
        namespace.reach(port);
    }

    /** Takes the network down. The browsers in it have to be closed before. */
    @Override
    public void close() {
        namespace.close();
        for (var link : List.of(hub, plug)) {
            try {
                NetworkNamespace.run("ip", "link", "del", link);
            } catch (UncheckedIOException e) {
                // it was not there, or went with the namespace
            }
        }
    }
}
