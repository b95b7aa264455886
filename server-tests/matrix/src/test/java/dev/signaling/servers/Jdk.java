package dev.signaling.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** The Java that a server runs on: this build's, or a newer one where that is too old for it. */
final class Jdk {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Jdk() {}

    /**
     * The home of one; where there is none the test is skipped with a line that says so, or fails if the environment
     * variable {@code SIGNALING_REQUIRE} asks for them.
     */
    static Path of(Server server) throws IOException {
        int current = Runtime.version().feature();
        Optional<Path> jdk = current >= server.java()
                ? Optional.of(Path.of(System.getProperty("java.home")))
                : installed(server.java());
        if (jdk.isEmpty()) {
            String reason = server.name() + " needs Java " + server.java() + " or newer, which is not in " + INSTALLED;
            if (isRequired()) {
                throw new AssertionError(reason + ", and SIGNALING_REQUIRE demands servers");
            }
            System.out.println("skipped: " + reason);
            Assumptions.abort(reason);
        }
        return jdk.orElseThrow();
    }

    private static boolean isRequired() {
        String required = System.getenv().getOrDefault("SIGNALING_REQUIRE", "");
        return Arrays.asList(required.split("[,\\s]+")).contains("servers");
    }

    /** The oldest that is new enough. */
    private static Optional<Path> installed(int feature) throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        SortedMap<Integer, Path> homes = new TreeMap<>();
        for (Path home : Build.files(INSTALLED)) {
            if (Files.isExecutable(home.resolve("bin/java")) && Files.isReadable(home.resolve("release"))) {
                homes.put(Integer.parseInt(version(home)), home);
            }
        }
        return homes.tailMap(feature).values().stream().findFirst();
    }

    /** What that process's Java answers to a command such as {@code Thread.print}, line by line. */
    static List<String> ask(Path jdk, long process, String command) throws IOException {
        Process jcmd = new ProcessBuilder(jdk.resolve("bin/jcmd").toString(), Long.toString(process), command)
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = jcmd.inputReader()) {
            return lines.lines().toList();
        }
    }

    /** Which it is, such as {@code 17}. */
    static String version(Path jdk) throws IOException {
        return Files.readAllLines(jdk.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
                .findFirst()
                .orElse("0");
    }
}
