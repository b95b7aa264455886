package dev.signaling.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Runs the JavaScript's tests with Node's own runner, each of them as a test of this build. Without Node they are skipped,
 * unless the environment variable {@code SIGNALING_REQUIRE} asks for {@code node} or {@code browsers}.
 */
class JavaScriptTest {
    private static final Path TESTS = Path.of("src", "test", "js");
    private static final Path LOG = Path.of("target", "javascript-tests.log");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*", Pattern.DOTALL);
    /** A line of the Test Anything Protocol that ends a test: what follows, up to the next one, explains it. */
    private static final Pattern RESULT = Pattern.compile("(?m)^(not )?ok \\d+ - (.*)$");

    private static final long MINUTES = 3;
    private static final String NPM = System.getProperty("os.name", "").startsWith("Windows") ? "npm.cmd" : "npm";

    private record Run(int exit, String output) {}

    @BeforeAll
    static void prepare() throws Exception {
        requireNode();
        install();
    }

    @TestFactory
    Stream<DynamicTest> signalServer() throws Exception {
        return tests("signal-server.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> channel() throws Exception {
        return tests("channel.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> accessToken() throws Exception {
        return tests("access.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> streamerAndViewer() throws Exception {
        return tests("streaming.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> iceServers() throws Exception {
        return tests("ice.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> path() throws Exception {
        return tests("path.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> document() throws Exception {
        return tests("document.test.mjs");
    }

    @TestFactory
    Stream<DynamicTest> typeDeclarations() throws Exception {
        return tests("types.test.mjs");
    }

    private static Stream<DynamicTest> tests(String file) throws Exception {
        Run run = run("node", "--no-warnings", "--test", "--test-reporter=tap", "--test-timeout=60000", file);
        Matcher result = RESULT.matcher(run.output());
        List<DynamicTest> tests = new ArrayList<>();
        boolean isGreen = true;
        while (result.find()) {
            boolean isFailure = result.group(1) != null;
            isGreen &= !isFailure;
            String name = result.group(2);
            String explanation = run.output().substring(result.end());
            tests.add(DynamicTest.dynamicTest(name, () -> {
                if (isFailure) {
                    fail(name + upToNext(explanation));
                }
            }));
        }
        if (tests.isEmpty() || isGreen != (run.exit() == 0)) {
            fail("Node ended with " + run.exit() + ":\n" + run.output());
        }
        return tests.stream();
    }

    private static String upToNext(String explanation) {
        int next = explanation.indexOf("\n# ");
        return next < 0 ? explanation : explanation.substring(0, next);
    }

    private static void requireNode() throws Exception {
        Optional<String> lack = lack();
        if (lack.isEmpty()) {
            return;
        }
        String require = System.getenv().getOrDefault("SIGNALING_REQUIRE", "");
        if (Pattern.compile("\\b(node|browsers)\\b").matcher(require).find()) {
            fail("SIGNALING_REQUIRE is " + require + ", but " + lack.get());
        }
        String skipped = "The tests of the page's modules are skipped: " + lack.get();
        System.out.println(skipped);
        throw new TestAbortedException(skipped);
    }

    /** What is missing on this machine, empty if nothing is. */
    private static Optional<String> lack() throws Exception {
        try {
            Matcher version = VERSION.matcher(run("node", "--version").output());
            if (!version.matches()) {
                return Optional.of("Node does not tell its version");
            }
            int major = Integer.parseInt(version.group(1));
            int minor = Integer.parseInt(version.group(2));
            if (major < 20 || (major == 20 && minor < 19)) {
                return Optional.of("they need Node 20.19 or later");
            }
        } catch (IOException missing) {
            return Optional.of("Node is not installed");
        }
        try {
            run(NPM, "--version");
        } catch (IOException missing) {
            return Optional.of("npm is not installed");
        }
        return Optional.empty();
    }

    /** Brings the pinned packages that the tests need, once for each state of the lock file. */
    private static void install() throws Exception {
        Path wanted = TESTS.resolve("package-lock.json");
        Path present = TESTS.resolve("node_modules").resolve(".package-lock.json");
        if (Files.exists(present)
                && Files.getLastModifiedTime(present).compareTo(Files.getLastModifiedTime(wanted)) >= 0) {
            return;
        }
        Run run = run(NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        assertEquals(0, run.exit(), run.output());
    }

    private static Run run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(TESTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                fail(String.join(" ", command) + " did not end in " + MINUTES + " minutes:\n" + Files.readString(LOG));
            }
            return new Run(process.exitValue(), Files.readString(LOG));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
