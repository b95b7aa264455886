package dev.signaling.demo.browser;

import dev.signaling.demo.browser.NatNetwork.Home;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two homes behind NATs with a browser of each kind in both, and servers between them. All tests across NATs share them, since
 * they take a while to start: a test has rooms and windows of its own, and whoever wants to harm a server starts another one.
 */
final class NatHomes implements AutoCloseable {

    static final int TURN_PORT = 3478;

    private static final String SECRET = "shared-by-all-tests";

    private final NatNetwork network = NatNetwork.create();
    private final Secrets secrets = Secrets.of(SECRET);
    private final Browsers installed;
    private final Map<Home, Map<BrowserKind, Browser>> browsers = new EnumMap<>(Home.class);
    private final Map<List<String>, DemoProcess> demos = new HashMap<>();
    private @Nullable Coturn coturn;

    /** Makes the network; all else is started when it is first asked for. */
    NatHomes(Browsers installed) {
        this.installed = installed;
    }

    NatNetwork network() {
        return network;
    }

    Browser browser(Home home, BrowserKind kind) {
        return browsers.computeIfAbsent(home, any -> new EnumMap<>(BrowserKind.class))
                .computeIfAbsent(kind, any -> installed.launch(kind, Camera.GRANTED, network.home(home)));
    }

    Coturn coturn() {
        if (coturn == null) {
            coturn = Coturn.start(network.internet(), List.of(NatNetwork.SERVER), TURN_PORT, SECRET);
        }
        return coturn;
    }

    /** What the TURN server shares with demos. */
    Secrets secrets() {
        return secrets;
    }

    /** A demo server that was started with these options. */
    DemoProcess demo(List<String> options) {
        return demos.computeIfAbsent(
                options, any -> DemoProcess.begin(network.internet(), options.toArray(String[]::new))
                        .await());
    }

    @Override
    public void close() {
        browsers.values().forEach(each -> each.values().forEach(Browser::close));
        demos.values().forEach(DemoProcess::close);
        if (coturn != null) {
            coturn.close();
        }
        secrets.close();
        network.close();
    }
}
