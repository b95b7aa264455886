package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** The table of docs/servers.md, and the shorter one of the README. */
final class ServersTable {

    private static final String HEAD = "| server | version | Java, at least | JSON-B |";

    private ServersTable() {}

    static String document() throws IOException {
        return Files.readString(Build.PROJECT.resolve("docs/servers.md"));
    }

    /** What it has to say about a server, as the cells begin. */
    static List<String> row(Server server) {
        return List.of(
                server.name(),
                server.version(),
                Integer.toString(server.java()),
                server.hasJsonb() ? "its own" : "Yasson");
    }

    /** What it says, cut to as much. */
    static List<List<String>> rows() throws IOException {
        return rows(document(), HEAD)
                .map(row -> cells(row, 4).stream()
                        .map(cell -> cell.replaceFirst("^(its own|Yasson).*", "$1"))
                        .toList())
                .toList();
    }

    /** The servers and versions of the README's table. */
    static List<List<String>> rowsOfReadme() throws IOException {
        String readme = Files.readString(Build.PROJECT.resolve("README.md"));
        return rows(readme, "| server | version |").map(row -> cells(row, 2)).toList();
    }

    private static Stream<String> rows(String document, String head) {
        int table = document.indexOf(head);
        if (table < 0) {
            throw new AssertionError("there is no table with the head " + head);
        }
        return document.substring(table)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2); // the head and the rule below it
    }

    private static List<String> cells(String row, int count) {
        return Stream.of(row.substring(1).split("\\|"))
                .limit(count)
                .map(String::strip)
                .toList();
    }
}
