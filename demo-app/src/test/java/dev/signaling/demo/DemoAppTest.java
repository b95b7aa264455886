package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line, as far as it does not go on until it is told to stop. */
@Timeout(60) // a server that starts although it should not would run for good
class DemoAppTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new DemoApp())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        for (String word : List.of(
                "--port",
                "8080",
                "--host",
                "127.0.0.1",
                "--allow-origin",
                "--tls",
                "--keystore",
                "--stun",
                "--turn",
                "--turn-secret-file",
                "--turn-ttl",
                "--help",
                "--version")) {
            assertTrue(out.toString().contains(word), out.toString());
        }
        assertEquals("", err.toString());
    }

    @Test
    void tellsItsVersion() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("demo-app "), out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--port=65536, not between 0 and 65535: 65536",
        "--port=-1, not between 0 and 65535: -1",
        "--port=http, --port",
        "--port=, --port",
        "--host=, --host is empty",
        "--messages-per-second=0, not between 1 and 1000000: 0",
        "--nonsense, --nonsense",
        "--keystore=mine.p12, --keystore and --keystore-password-file need each other",
        "--keystore-password-file=mine.txt, --keystore and --keystore-password-file need each other",
        "something, something",
        "--stun=stun.example.org, --stun: the URL of an ICE server",
        "--stun=turn:turn.example.org, --stun: turn:turn.example.org belongs to --turn",
        "--stun=stun:a.example:0, has a port that is not between 1 and 65535",
        "--turn=turn:, --turn: the URL of an ICE server",
        "--turn=turn:turn.example.org?transport=sctp, --turn: the URL of an ICE server",
        "--turn=stun:stun.example.org, --turn: stun:stun.example.org belongs to --stun",
        "--turn=turn:turn.example.org, --turn needs --turn-secret-file",
        "--turn-secret-file=mine.txt, --turn-secret-file is of no use without --turn",
        "--turn-ttl=1h, --turn-ttl is of no use without --turn",
        "--allow-origin=example.org, not an origin such as https://example.org: example.org",
        "--allow-origin=https://example.org/, not an origin such as https://example.org: https://example.org/"
    })
    void saysWhatIsWrongWithAnArgument(String argument, String words) {
        assertEquals(2, run(argument));
        assertTrue(err.toString().contains(words), err.toString());
        assertTrue(err.toString().contains("Usage: demo-app"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void saysWhatIsWrongWithTheKeystore(@TempDir Path folder) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Path noKeystore = Files.writeString(folder.resolve("none.p12"), "no keystore");
        Path locked = folder.resolve("locked.p12");
        KeyStore store = SelfSigned.keyStore(Set.of("localhost"), List.of(), "other".toCharArray());
        try (OutputStream file = Files.newOutputStream(locked)) {
            store.store(file, "other".toCharArray());
        }
        Path empty = folder.resolve("empty.p12");
        KeyStore nothing = KeyStore.getInstance("PKCS12");
        nothing.load(null, null);
        try (OutputStream file = Files.newOutputStream(empty)) {
            nothing.store(file, "secret".toCharArray());
        }
        Path absent = folder.resolve("absent");
        assertRefused(absent, password, absent + ": there is no such file");
        assertRefused(locked, absent, absent + ": there is no such file");
        assertRefused(noKeystore, password, noKeystore + ": it is no keystore");
        assertRefused(locked, password, locked + ": keystore password was incorrect");
        assertRefused(empty, password, empty + ": there is no key in it");
    }

    private void assertRefused(Path keystore, Path password, String words) {
        err.getBuffer().setLength(0);
        assertEquals(1, run("--quiet", "--port=0", "--keystore=" + keystore, "--keystore-password-file=" + password));
        assertTrue(err.toString().startsWith("cannot use " + words), err.toString());
        assertFalse(err.toString().contains("\tat ") || err.toString().contains("null"), err.toString());
    }

    @Test
    void saysWhatIsWrongWithTheSecretForTurn(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hush-hush\n");
        Path empty = Files.writeString(folder.resolve("empty"), "\n  \n");
        Path longer = Files.writeString(folder.resolve("longer"), "hush".repeat(257));
        Path another = Files.writeString(folder.resolve("another"), "hush\n".repeat(20_000));
        Path absent = folder.resolve("absent");
        assertMisused("--turn-secret-file: the file has no secret: " + empty, empty);
        assertMisused("a secret has over 1024 characters in " + longer, longer);
        assertMisused("the file has over 16384 bytes: " + another, another);
        assertMisused("cannot be read: " + absent, absent);
        assertMisused("cannot be read: " + folder, folder);
        assertMisused("--turn-ttl is no time such as 12h, 30m or 20s: soon", secret, "--turn-ttl=soon");
        assertMisused("--turn-ttl: ", secret, "--turn-ttl=0s");
        assertMisused("--turn-ttl: ", secret, "--turn-ttl=-1h");
        assertMisused("an ICE server has 1 to 16 URLs, not 17", secret, many("--turn=turn:turn.example.org", 16));
    }

    private static String[] many(String option, int times) {
        return Collections.nCopies(times, option).toArray(String[]::new);
    }

    private void assertMisused(String words, Path secret, String... more) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(
                List.of("--quiet", "--port=0", "--turn=turn:turn.example.org", "--turn-secret-file=" + secret));
        arguments.addAll(List.of(more));
        assertEquals(2, run(arguments.toArray(String[]::new)));
        assertTrue(err.toString().contains(words), err.toString());
        assertFalse(err.toString().contains("hush"), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(1, run("--quiet", "--port=" + taken.getLocalPort()));
            String words = "cannot listen on 127.0.0.1 port " + taken.getLocalPort() + ": ";
            assertTrue(err.toString().startsWith(words), err.toString());
            assertFalse(err.toString().contains("\tat "), err.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no-such-host.invalid"})
    void saysThatTheAddressIsNotThisMachines(String host) {
        assertEquals(1, run("--quiet", "--port=0", "--host", host));
        assertTrue(err.toString().startsWith("cannot listen on " + host + " port 0: "), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }
}
