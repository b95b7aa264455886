package dev.signaling.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table “Under attack” of docs/reliability.md has a row for each attack, in their order, and each attack has a test. */
class ReliabilityDocumentTest {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final String HEAD = "| attack | sent | got | stopped by |";

    @Test
    void everyAttackHasItsRow() throws IOException {
        String text = Files.readString(MODULE.resolveSibling("docs/reliability.md"));
        List<String> written = text.substring(text.indexOf(HEAD))
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(ReliabilityDocumentTest::upToTheFigures)
                .toList();
        List<String> expected = Stream.of(Attack.values())
                .map(attack -> attack.title() + " | " + attack.sent() + " | " + attack.got() + " | " + attack.limit())
                .toList();
        assertEquals(expected, written);
    }

    private static String upToTheFigures(String row) {
        return Stream.of(row.substring(1).split("\\|", -1))
                .limit(4)
                .map(String::strip)
                .collect(Collectors.joining(" | "));
    }

    @Test
    void everyAttackIsPlayed() throws IOException {
        try (Stream<Path> files = Files.walk(MODULE.resolve("src/test/java"))) {
            Set<String> played = files.filter(file -> file.toString().endsWith("Test.java"))
                    .flatMap(file -> Pattern.compile("Attack\\.([A-Z_]+)")
                            .matcher(read(file))
                            .results())
                    .map((MatchResult name) -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> all = Stream.of(Attack.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
            assertEquals(all, played);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
