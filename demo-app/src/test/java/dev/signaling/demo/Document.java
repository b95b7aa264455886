package dev.signaling.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the project's documents, as its tests read it. */
record Document(Path file, String text) {

    /** The project's folder: the parent of this module's, in which Maven runs the tests. */
    static final Path PROJECT = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolveSibling("")
            .normalize();

    /** The document of that name, seen from the project's folder. */
    static Document of(String name) throws IOException {
        return of(PROJECT.resolve(name));
    }

    /** Every document: those in the project's folder and in its docs. */
    static List<Document> all() throws IOException {
        try (Stream<Path> root = Files.list(PROJECT);
                Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
            List<Path> files = Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return files.stream().map(Document::of).toList();
        }
    }

    private static Document of(Path file) {
        try {
            return new Document(file, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of all modules' tests, by the names of their classes. */
    static Map<String, Path> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                PROJECT,
                Integer.MAX_VALUE,
                (file, attributes) -> file.toString().endsWith(".java")
                        && PROJECT.relativize(file).toString().contains("src/test/java"))) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""), file -> file, (one, other) -> one));
        }
    }

    /** What stands between fences of that language. */
    List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The rows of the table whose head begins with these cells; a row is its cells, without code marks. */
    List<List<String>> table(String... head) {
        String begin = "| " + String.join(" | ", head) + " |";
        int start = text.indexOf(begin);
        if (start < 0 || text.indexOf(begin, start + 1) >= 0) {
            throw new AssertionError(file + " has not one table with the head " + begin);
        }
        return text.substring(start)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2) // the head and the rule below it
                .map(row -> Stream.of(row.substring(1).split("\\|"))
                        .map(cell -> cell.replace("`", "").trim())
                        .toList())
                .toList();
    }
}
