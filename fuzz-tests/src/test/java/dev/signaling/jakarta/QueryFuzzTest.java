package dev.signaling.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;

/** Whatever stands behind the question mark: nothing throws, and what was written by the book is read as it was meant. */
class QueryFuzzTest {

    @FuzzTest
    void readsAnyQuery(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        Map<String, List<String>> parameters = Query.parameters(text);
        int values = parameters.values().stream().mapToInt(List::size).sum();
        long pairs = List.of(text.split("&", -1)).stream()
                .filter(pair -> !pair.isEmpty())
                .count();
        assertEquals(pairs, values);
        parameters.forEach((name, all) -> all.forEach(
                value -> assertTrue(name.length() + value.length() <= text.length(), () -> name + "=" + value)));

        String written = "n=" + URLEncoder.encode(text, UTF_8) + "&" + URLEncoder.encode(text, UTF_8) + "=v";
        Map<String, List<String>> read = Query.parameters(written);
        assertEquals(List.of(text), text.equals("n") ? all(read, "n").subList(0, 1) : all(read, "n"));
        assertTrue(all(read, text).contains("v"));
    }

    private static List<String> all(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
