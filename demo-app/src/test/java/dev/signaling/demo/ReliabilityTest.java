package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/reliability.md names every test that names one of its numbers, and no test that is not there. */
class ReliabilityTest {

    private static final int FAULTS = 14;
    private static final Pattern NUMBERED = Pattern.compile("@DisplayName\\(\\s*\"(\\d+(?:, \\d+)*): ");

    @Test
    void everyFaultHasTestsThatNameIt() throws IOException {
        Map<String, Path> tests = Document.tests();
        Map<Integer, Set<String>> named = new TreeMap<>();
        for (Map.Entry<String, Path> test : tests.entrySet()) {
            NUMBERED.matcher(Files.readString(test.getValue()))
                    .results()
                    .flatMap(name -> Stream.of(name.group(1).split(", ")))
                    .forEach(number -> named.computeIfAbsent(Integer.valueOf(number), none -> new TreeSet<>())
                            .add(test.getKey()));
        }
        assertEquals(IntStream.rangeClosed(1, FAULTS).boxed().collect(Collectors.toSet()), named.keySet());

        List<Integer> numbers = new ArrayList<>();
        for (List<String> row : Document.of("docs/reliability.md")
                .table("number", "what simple pages and servers get wrong", "what happens here", "shown by")) {
            int number = Integer.parseInt(row.get(0));
            numbers.add(number);
            Set<String> shown = Set.of(row.get(3).split(", "));
            assertTrue(shown.containsAll(named.get(number)), number + " is shown by " + named.get(number));
            assertTrue(tests.keySet().containsAll(shown), number + " is shown by " + shown);
        }
        assertEquals(List.copyOf(named.keySet()), numbers);
    }
}
