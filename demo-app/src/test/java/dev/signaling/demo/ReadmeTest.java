package dev.signaling.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Holds the README against what it speaks of. */
class ReadmeTest {

    private static final String JOIN = "{\"type\":\"join-channel\",\"channel\":\"c\"}";

    private final Document readme;

    ReadmeTest() throws IOException {
        readme = Document.of("README.md");
    }

    @BeforeAll
    static void beQuiet() {
        ConsoleLog.onlyWarnings();
    }

    @Test
    void theExampleOfEmbeddingCompilesAndWorks(@TempDir Path folder) throws Exception {
        String example = onlyBlock("java");
        assertTrue(example.lines().filter(line -> !line.isBlank()).count() <= 15, "more than 15 lines");
        compile(Files.writeString(folder.resolve("Calls.java"), example));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Object started = loader.loadClass("Calls")
                    .getMethod("start", ServerContainer.class)
                    .invoke(null, new TyrusContainer(65_536));
            DemoServer server = DemoServer.start("127.0.0.1", 0, OriginPolicy.anyone(), (SignalingServer) started);
            try (TextPeer page = new TextPeer(server.port(), Optional.of("https://example.org"));
                    TextPeer stranger = new TextPeer(server.port(), Optional.of("https://example.com"))) {
                page.send(JOIN);
                page.next();
                assertEquals("{\"type\":\"joined-channel\",\"channel\":\"c\"}", page.next());
                assertEquals("close 1008 origin-refused", stranger.next());
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void theCoordinatesAreThoseOfThisBuild() throws IOException {
        String coordinates = onlyBlock("xml");
        String pom = Files.readString(Document.PROJECT.resolve("pom.xml"));
        assertEquals(
                List.of(
                        first(pom, "<version>(.*?)</version>"),
                        first(pom, "<websocket-api.version>(.*?)</websocket-api.version>"),
                        first(pom, "<websocket-api.version>(.*?)</websocket-api.version>"),
                        first(pom, "<yasson.version>(.*?)</yasson.version>")),
                all(coordinates, "<version>(.*?)</version>"));
        assertEquals(
                List.of(
                        "signaling-bom",
                        "signaling-jakarta",
                        "signaling-client",
                        "jakarta.websocket-api",
                        "jakarta.websocket-client-api",
                        "yasson"),
                all(coordinates, "<artifactId>(.*?)</artifactId>"));
    }

    @Test
    void theModulesAreThoseOfThisBuild() throws IOException {
        String pom = Files.readString(Document.PROJECT.resolve("pom.xml"));
        assertEquals(
                all(pom, "<module>(.*?)</module>"),
                readme.table("module", "what it is").stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    @Test
    void theModuleThatThePageImportsIsServed() {
        String path = first(onlyBlock("js"), "from '/(.*?)'");
        assertNotNull(ReadmeTest.class.getClassLoader().getResource("META-INF/resources/" + path), path);
    }

    @Test
    void theOptionsAreThoseOfTheDemo() {
        Set<String> known =
                new CommandLine(new DemoApp()).getCommandSpec().optionsMap().keySet();
        assertEquals(
                known.stream()
                        .filter(option -> option.startsWith("--") && !option.equals("--version"))
                        .collect(Collectors.toSet()),
                Set.copyOf(all(readme.text(), "`(--[a-z-]+)")));
    }

    @Test
    void theLogSpeaksInTheWordsOfTheTable() throws Exception {
        Set<String> words = new ConcurrentSkipListSet<>();
        Logger log = Logger.getLogger("signaling");
        Handler collector = new Handler() {
            @Override
            public void publish(LogRecord record) {
                words.add(record.getMessage().split(" ", 2)[0]);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(collector);
        log.setUseParentHandlers(false);
        log.setLevel(Level.INFO);
        try {
            liveThroughEverything(words);
        } finally {
            log.removeHandler(collector);
            log.setUseParentHandlers(true);
            log.setLevel(null);
        }
        assertEquals(
                readme.table("word", "what happened").stream()
                        .map(row -> row.get(0))
                        .collect(Collectors.toSet()),
                words);
    }

    private static void liveThroughEverything(Set<String> words) throws Exception {
        SignalingHub hub = SignalingHub.builder().listener(new EventLog()).build();
        DemoServer server = DemoServer.start("127.0.0.1", 0, OriginPolicy.anyone(), SignalingServer.of(hub));
        try (TextPeer peer = new TextPeer(server.port(), Optional.empty())) {
            peer.send(JOIN);
            peer.send("no JSON");
            peer.sendBinary();
            for (int message = 0; message < 4; message++) {
                peer.next(); // established, joined, an error, the close
            }
            comeBack(server.port(), words);
        } finally {
            server.stop();
        }
    }

    private static void comeBack(int port, Set<String> words) throws Exception {
        Optional<String> v1 = Optional.of("signaling.v1");
        String token;
        try (TextPeer peer = new TextPeer(port, Optional.empty(), v1)) {
            token = all(peer.next(), "\"resume\":\"([^\"]+)\"").get(0);
            peer.send(JOIN);
            peer.next();
        }
        await().until(() -> words.contains("lost"));
        try (TextPeer peer = new TextPeer(port, Optional.empty(), v1)) {
            peer.next();
            peer.send("{\"type\":\"resume\",\"token\":\"" + token + "\",\"received\":1}");
            await().until(() -> words.contains("back"));
        }
    }

    private static void compile(Path source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        assertEquals(
                0,
                compiler.run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-Xlint:all,-classfile,-path",
                        "-Werror",
                        "-proc:none",
                        "-classpath",
                        classPath,
                        source.toString()));
    }

    private String onlyBlock(String language) {
        List<String> blocks = readme.blocks(language);
        assertEquals(1, blocks.size(), "blocks of " + language);
        return blocks.get(0);
    }

    private static String first(String text, String pattern) {
        return all(text, pattern).get(0);
    }

    private static List<String> all(String text, String pattern) {
        Stream<MatchResult> results = Pattern.compile(pattern).matcher(text).results();
        return results.map(result -> result.group(1)).toList();
    }
}
