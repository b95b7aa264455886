package dev.signaling.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.SharedSecretTurn;
import dev.signaling.spi.Identity;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

@Tag("scenario")
@DisplayName("coturn, configured as docs/turn.md says")
class TurnDocumentIT {

    private static final int FORBIDDEN = 403;
    private static final int UNAUTHORIZED = 401;
    private static final int UNSUPPORTED_TRANSPORT = 442;
    private static final int QUOTA_REACHED = 486;
    private static final int USER_QUOTA = 200;

    private static Coturn coturn;
    private static int port;
    private static boolean hasIpv6;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        hasIpv6 = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
        var loopback = hasIpv6 ? List.of("127.0.0.1", "::1") : List.of("127.0.0.1");
        coturn = Coturn.start(Place.HERE, loopback, port, "old", "new");
    }

    @AfterAll
    static void stop() {
        if (coturn != null) {
            coturn.close();
        }
    }

    @ParameterizedTest(name = "the secret \"{0}\"")
    @ValueSource(strings = {"old", "new"})
    @DisplayName("gives an allocation to a credential made with either of two secrets")
    void allocates(String secret) throws IOException {
        try (var client = client(secret)) {
            assertEquals(0, client.allocate(false));
        }
    }

    @Test
    @DisplayName("and over TLS")
    void allocatesOverTls() throws IOException, GeneralSecurityException {
        var socket = trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port + 1);
        try (var client = client(socket, "new", Duration.ZERO)) {
            assertEquals(0, client.allocate(false));
        }
    }

    @Test
    @DisplayName("refuses a credential that has ended")
    void refusesAnOldCredential() throws IOException {
        try (var client = client(connect(port), "new", Duration.ofMinutes(2))) {
            assertEquals(UNAUTHORIZED, client.allocate(false));
        }
    }

    @Test
    @DisplayName("and one made with another secret")
    void refusesAnotherSecret() throws IOException {
        try (var client = client("another")) {
            assertEquals(UNAUTHORIZED, client.allocate(false));
        }
    }

    @Test
    @DisplayName("relays no TCP")
    void relaysNoTcp() throws IOException {
        try (var client = client("new")) {
            assertEquals(UNSUPPORTED_TRANSPORT, client.allocateTcp());
        }
    }

    @Test
    @DisplayName("gives one user so many allocations, and others theirs all the same")
    void keepsTheQuota() throws IOException {
        var clients = new ArrayList<TurnClient>();
        try {
            for (var i = 0; i <= USER_QUOTA; i++) {
                clients.add(client(connect(port), Identity.of("greedy"), "new", Duration.ZERO));
                assertEquals(i < USER_QUOTA ? 0 : QUOTA_REACHED, clients.get(i).allocate(false));
            }
            clients.add(client("new"));
            assertEquals(0, clients.get(clients.size() - 1).allocate(false));
        } finally {
            clients.forEach(TurnClient::close);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.0.0.1",
                "10.255.255.254",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.254",
                "192.0.0.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.254",
                "198.18.0.1",
                "224.0.0.1",
                "239.255.255.250",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2002:7f00:1::",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    @DisplayName("relays nothing to")
    void relaysNothingInside(String address) throws IOException {
        demandIpv6(address);
        var peer = InetAddress.getByName(address);
        try (var client = client("new")) {
            assertEquals(0, client.allocate(address.contains(":")));
            assertEquals(FORBIDDEN, client.permit(peer));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"203.0.113.21", "172.32.0.1", "192.0.1.1", "2600::1", "2a00::1"})
    @DisplayName("would relay to")
    void relaysOutside(String address) throws IOException {
        demandIpv6(address);
        try (var client = client("new")) {
            assertEquals(0, client.allocate(address.contains(":")));
            assertEquals(0, client.permit(InetAddress.getByName(address)));
        }
    }

    private static TurnClient client(String secret) throws IOException {
        return client(connect(port), secret, Duration.ZERO);
    }

    private static Socket connect(int to) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), to);
    }

    /** One with a credential that was made so long ago, for a minute. */
    private static TurnClient client(Socket socket, String secret, Duration ago) {
        return client(socket, Identity.anonymous(), secret, ago);
    }

    private static TurnClient client(Socket socket, Identity user, String secret, Duration ago) {
        var server = SharedSecretTurn.builder()
                .turn(coturn.turn("tcp"))
                .secret(secret)
                .ttl(Duration.ofMinutes(1))
                .clock(() -> Instant.now().minus(ago))
                .build()
                .serversFor(user, Optional.empty())
                .servers()
                .get(0);
        return new TurnClient(
                socket, server.username().orElseThrow(), server.credential().orElseThrow());
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    private static void demandIpv6(String address) {
        if (address.contains(":") && !hasIpv6) {
            System.out.println("SKIPPED: no relay to " + address + ", since there is no IPv6 on loopback");
            throw new TestAbortedException("there is no IPv6 on loopback");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The certificate is one that nobody has signed. */
    private static final class Credulous implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
