package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** SECURITY.md has a test for every threat, names none that is not there, and no rule that PROTOCOL.md does not have. */
class SecurityDocumentTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");
    private static final Pattern CELL = Pattern.compile("\\|");
    private static final Pattern COMMA = Pattern.compile(", ");
    private static final Pattern RULE = Pattern.compile("[TV]\\d+");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> named = NAME.matcher(Document.of("SECURITY.md").text())
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() > 20, named::toString);
        named.removeAll(Document.tests().keySet());
        assertEquals(Set.of(), named);
    }

    @Test
    void everyThreatHasATestOrARule() throws IOException {
        String rules = Document.of("PROTOCOL.md").text();
        List<String> faults = new ArrayList<>();
        List<String> rows = rows();
        for (String row : rows) {
            List<String> cells = CELL.splitAsStream(row).toList();
            boolean isProven = COMMA.splitAsStream(cells.get(cells.size() - 1).strip())
                    .allMatch(proof -> NAME.matcher(proof).matches()
                            || (RULE.matcher(proof).matches() && rules.contains("**" + proof + ".**")));
            if (cells.size() != 5 || !isProven) {
                faults.add(row);
            }
        }
        assertTrue(rows.size() > 20, () -> rows.size() + " rows");
        assertEquals(List.of(), faults);
    }

    /** Those of the tables of who could do what. */
    private static List<String> rows() throws IOException {
        String text = Document.of("SECURITY.md").text();
        return text.substring(text.indexOf("## Who could do what"), text.indexOf("## What is left to the host"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| test |") && !line.startsWith("| ---"))
                .toList();
    }
}
