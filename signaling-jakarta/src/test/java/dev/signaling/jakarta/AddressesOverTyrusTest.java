package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Three connections from one address, behind a proxy on this machine or not. */
class AddressesOverTyrusTest {

    private static final String FULL = "1013 too-many-from-address";
    private static final String V1 = "Sec-WebSocket-Protocol: signaling.v1";
    private static final int MOST = 3;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final SignalingHub hub = SignalingHub.builder()
            .limits(Limits.builder().connectionsPerAddress(MOST).build())
            .build();
    private final SignalingServer server = SignalingServer.of(hub);
    private final SignalingServer behindProxy = SignalingServer.builder(hub)
            .proxies("127.0.0.1")
            .authenticator(handshake -> {
                told.add(handshake.remoteAddress().orElse("?"));
                return handshake.parameter("refused").isPresent()
                        ? Authentication.forbidden()
                        : Authenticator.anyone().authenticate(handshake);
            })
            .build();

    @AutoClose
    private final TyrusNode node = TyrusNode.start(container -> {
        server.register(container, "/signal");
        behindProxy.register(container, "/proxied");
    });

    private final List<SocketPeer> open = new ArrayList<>();

    @AfterEach
    void everyPlaceIsFree() {
        open.forEach(SocketPeer::close);
        await().until(() -> server.addresses() + behindProxy.addresses() == 0);
        await().until(() -> hub.connections() + server.sessions() + behindProxy.sessions() == 0);
    }

    private SocketPeer enter(String path, String... headers) {
        SocketPeer peer = SocketPeer.open(node.port(), path, headers);
        assertEquals(ESTABLISHED, peer.next());
        open.add(peer);
        return peer;
    }

    private void requireFull(String path, String... headers) {
        try (SocketPeer late = SocketPeer.open(node.port(), path, headers)) {
            assertEquals(FULL, late.ending());
        }
    }

    private void fill(String path, String... headers) {
        for (int i = 0; i < MOST; i++) {
            enter(path, headers);
        }
    }

    @Test
    void oneTooManyFromAnAddressIsRefused() {
        fill("/signal");
        requireFull("/signal");
        requireFull("/signal", "X-Forwarded-For: 192.0.2.7"); // there is no proxy
    }

    @Test
    void aPlaceIsFreeAgainHoweverItsSessionEnds() {
        List<Runnable> endings = List.of(
                () -> enter("/signal").close(),
                () -> enter("/signal").reset(),
                () -> enter("/signal").hangUp(),
                () -> enter("/signal").sendClose(1000),
                () -> enter("/signal").sendBinary(new byte[1]),
                () -> enter("/signal").write(new byte[] {(byte) 0xff, (byte) 0xff}));
        for (Runnable ending : endings) {
            ending.run();
            await().until(() -> server.addresses() == 0);
        }
        fill("/signal");
        requireFull("/signal");
    }

    @Test
    void whoIsRefusedHasNone() {
        for (int i = 0; i < 2 * MOST; i++) {
            try (SocketPeer page = SocketPeer.open(node.port(), "/signal", "Origin: http://evil.example")) {
                assertEquals("1008 origin-refused", page.ending());
            }
            try (SocketPeer nobody = SocketPeer.open(node.port(), "/proxied?refused")) {
                assertEquals("1008 authentication-refused", nobody.ending());
            }
        }
        fill("/signal");
        requireFull("/signal");
        for (int i = 0; i < MOST; i++) {
            requireFull("/signal");
        }
        open.remove(0).close();
        await().untilAsserted(() -> enter("/signal"));
    }

    @Test
    void aPeerThatComesBackCountsByItsNewConnection() {
        SocketPeer first = SocketPeer.open(node.port(), "/proxied", V1, "X-Forwarded-For: 192.0.2.7");
        String greeting = first.next();
        String token = greeting.replaceAll(".*\"resume\":\"([^\"]+)\".*", "$1");
        first.send("{\"type\":\"ping\"}");
        first.next();
        first.reset();
        await().until(() -> behindProxy.addresses() == 0);
        assertEquals(1, hub.connections()); // it is waited for
        SocketPeer second = SocketPeer.open(node.port(), "/proxied", V1, "X-Forwarded-For: 192.0.2.8");
        open.add(second);
        second.next();
        second.send("{\"type\":\"resume\",\"received\":0,\"token\":\"" + token + "\"}");
        second.next();
        fill("/proxied", "X-Forwarded-For: 192.0.2.7");
        enter("/proxied", "X-Forwarded-For: 192.0.2.8");
        enter("/proxied", "X-Forwarded-For: 192.0.2.8");
        requireFull("/proxied", "X-Forwarded-For: 192.0.2.8");
    }

    @Test
    void oneTooManyThatIsLostIsNotWaitedFor() {
        for (int i = 0; i < MOST + 2; i++) {
            try (SocketPeer lost = SocketPeer.open(node.port(), "/proxied", V1, "X-Forwarded-For: 192.0.2.7")) {
                lost.next();
                lost.send("{\"type\":\"ping\"}");
                lost.next();
                lost.reset();
            }
            await().until(() -> behindProxy.addresses() == 0);
        }
        assertEquals(MOST, hub.connections());
        behindProxy.close(); // which waits for nobody
    }

    @Test
    void behindAProxyEachClientHasItsOwn() {
        fill("/proxied", "X-Forwarded-For: 192.0.2.66, 192.0.2.7");
        requireFull("/proxied", "X-Forwarded-For: 192.0.2.67, 192.0.2.7");
        enter("/proxied", "X-Forwarded-For: 192.0.2.8");
        enter("/proxied", "Forwarded: for=\"[2001:db8::7]:4711\";proto=https");
        assertEquals("192.0.2.7", told.get(0));
        assertEquals("192.0.2.8", told.get(MOST));
        assertEquals("2001:db8:0:0:0:0:0:7", told.get(MOST + 1));
    }
}
