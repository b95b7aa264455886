package dev.signaling.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A TURN server, configured as {@code docs/turn.md} says: only addresses, ports, files and secrets are the test's. */
final class Coturn implements AutoCloseable {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(20);
    private static final Pattern READY = Pattern.compile("Total General servers");
    private static final Pattern USER = Pattern.compile("new, realm=<[^>]*>, username=<([^>]*)>");

    /** What the tests look at, and files that no other TURN server of this machine has. */
    private static final String OURS =
            """
            verbose
            userdb=%1$s/turndb
            pidfile=%1$s/pid
            """;

    private final Place place;
    private final Map<String, List<String>> addresses;
    private final Path folder;
    private OwnedProcess process;

    private Coturn(Place place, Map<String, List<String>> addresses, List<String> secrets, List<String> environment) {
        this.place = place;
        this.addresses = addresses;
        folder = newFolder();
        writeCertificate();
        process = launch(secrets, environment);
    }

    /**
     * Starts one with the secrets.
     *
     * @param addresses where it listens and relays; the first one is told to browsers
     * @param port where it listens; for TLS that is the next one
     * @throws TestAbortedException if coturn is not installed: the test is skipped
     */
    static Coturn start(Place place, List<String> addresses, int port, String... secrets) {
        return start(place, addresses, port, List.of(secrets), List.of());
    }

    /** Starts one whose clock is ahead of this machine's, until it is {@linkplain #restart restarted}. */
    static Coturn startAhead(Duration ahead, Place place, List<String> addresses, int port, String... secrets) {
        NetworkNamespace.demand("faketime");
        var clock = List.of("LD_PRELOAD=" + fakeTime(), "FAKETIME=+" + ahead.toSeconds());
        return start(place, addresses, port, List.of(secrets), clock);
    }

    private static Coturn start(
            Place place, List<String> addresses, int port, List<String> secrets, List<String> environment) {
        NetworkNamespace.demand("turnserver");
        return new Coturn(
                place,
                Map.of(
                        "listening-ip",
                        addresses,
                        "relay-ip",
                        addresses,
                        "listening-port",
                        List.of(String.valueOf(port)),
                        "tls-listening-port",
                        List.of(String.valueOf(port + 1))),
                secrets,
                environment);
    }

    /** What the program {@code faketime} loads into others; by itself that stays between them and their parent. */
    private static Path fakeTime() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError("there is a program faketime, and no library of it in /usr/lib"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its URL as a STUN server. */
    String stun() {
        return "stun:" + host();
    }

    /** Its URL as a TURN server, reached by {@code udp} or {@code tcp}. */
    String turn(String transport) {
        return "turn:" + host() + "?transport=" + transport;
    }

    private String host() {
        return value("listening-ip") + ":" + value("listening-port");
    }

    private String value(String key) {
        return addresses.getOrDefault(key, List.of()).get(0);
    }

    /** Ends it with no word of warning, and starts it again, with these secrets: all allocations are lost. */
    void restart(String... secrets) {
        process.kill();
        process.close();
        process = launch(List.of(secrets), List.of());
    }

    /** Whom it has given an allocation since its last start, oldest first. */
    List<String> users() {
        return USER.matcher(output()).results().map(each -> each.group(1)).toList();
    }

    /** What it has printed since it was last ready. */
    String output() {
        return process.output().stream()
                .dropWhile(line -> !READY.matcher(line).find())
                .collect(Collectors.joining("\n"));
    }

    private OwnedProcess launch(List<String> secrets, List<String> environment) {
        try {
            var file = folder.resolve("turnserver.conf");
            Files.writeString(file, configuration(secrets));
            var command = new ArrayList<>(List.of("env"));
            command.addAll(environment);
            command.addAll(List.of("turnserver", "-c", file.toString()));
            var started = OwnedProcess.start("coturn", new ProcessBuilder(place.command(command)));
            started.awaitLine(READY, STARTED_WITHIN);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration(List<String> secrets) {
        var values = new HashMap<>(addresses);
        values.put("static-auth-secret", secrets);
        values.put("cert", List.of(folder.resolve("certificate.pem").toString()));
        values.put("pkey", List.of(folder.resolve("key.pem").toString()));
        return TurnDocument.configuration(values) + OURS.formatted(folder);
    }

    /** One for TLS that nobody knows. */
    private void writeCertificate() {
        var store = folder.resolve("keys.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        NetworkNamespace.run(
                (tool + " -genkeypair -keyalg EC -groupname secp256r1 -alias turn -dname CN=turn.test -storetype PKCS12"
                                + " -storepass changeit -keystore " + store)
                        .split(" "));
        var password = "changeit".toCharArray();
        try {
            var keys = KeyStore.getInstance(store.toFile(), password);
            write("certificate.pem", "CERTIFICATE", keys.getCertificate("turn").getEncoded());
            write("key.pem", "PRIVATE KEY", keys.getKey("turn", password).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String file, String kind, byte[] content) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                folder.resolve(file), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("signaling-coturn-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
