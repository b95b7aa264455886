package dev.signaling.jakarta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of PROTOCOL.md that says by which code a message is answered one of whose fields is wrong (V6). */
final class ProtocolFields {

    private static final String HEAD = "| field | of | is | else |\n";
    private static final String OF_ALL = "every message";
    private static final List<Row> ROWS = read();

    private ProtocolFields() {}

    private static List<Row> read() {
        try {
            String protocol = Files.readString(Schemas.DOCS.resolveSibling("PROTOCOL.md"));
            return protocol.substring(protocol.indexOf(HEAD))
                    .lines()
                    .takeWhile(line -> line.startsWith("|"))
                    .skip(2)
                    .map(line -> line.split("\\|"))
                    .map(cells -> new Row(quoted(cells[1]), cells[2], quoted(cells[4])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String cell) {
        return cell.replace("`", "").strip();
    }

    /** The code for that field of a message of that type. */
    static String code(String type, String field) {
        List<String> codes = ROWS.stream()
                .filter(row -> row.field().equals(field) && row.isOf(type))
                .map(Row::code)
                .toList();
        if (codes.size() != 1) {
            throw new AssertionError("PROTOCOL.md has " + codes + " for the field " + field + " of " + type);
        }
        return codes.get(0);
    }

    /** All fields that it knows, each behind its type, of these types. */
    static Set<String> all(Set<String> types) {
        return ROWS.stream()
                .flatMap(row -> types.stream().filter(row::isOf).map(type -> type + " " + row.field()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Row(String field, String of, String code) {

        boolean isOf(String type) {
            return Stream.of(OF_ALL, "`" + type + "`").anyMatch(of::contains);
        }
    }
}
