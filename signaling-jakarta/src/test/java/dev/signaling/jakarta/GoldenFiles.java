package dev.signaling.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signaling.jakarta.BadTexts.BadText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Messages as they are on the wire, one a file. A name begins with the number of the rule in PROTOCOL.md; what is refused
 * has the error's code in front of {@code .json}. {@value #TOKEN} stands for the token that the name tells of.
 */
final class GoldenFiles {

    static final String TOKEN = "[token]";

    private GoldenFiles() {}

    /** The texts of the tutorial's format by their files' names, without {@code .json} and without the last line's end. */
    static Map<String, String> tutorial() {
        return in("tutorial");
    }

    /** Those of signaling.v1. */
    static Map<String, String> v1() {
        return in("v1");
    }

    /** The code of the error that answers a file of that name; empty if it is none that is refused. */
    static Optional<String> code(String name) {
        return name.contains(".") ? Optional.of(name.substring(name.indexOf('.') + 1)) : Optional.empty();
    }

    /** Those that are refused, whoever sends them and when, but for what only a new connection can say. */
    static List<BadText> bad(Map<String, String> files) {
        return files.entrySet().stream()
                .flatMap(file -> code(file.getKey()).map(code -> new BadText(code, file.getValue())).stream())
                .filter(bad -> !bad.code().equals("resume-failed"))
                .toList();
    }

    private static Map<String, String> in(String format) {
        try {
            Path directory = Path.of(Objects.requireNonNull(GoldenFiles.class.getResource("/golden/" + format))
                    .toURI());
            try (Stream<Path> files = Files.list(directory)) {
                return files.collect(Collectors.toMap(
                        file -> file.getFileName().toString().replaceFirst("\\.json$", ""),
                        GoldenFiles::text,
                        (one, other) -> one,
                        TreeMap::new));
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
