package dev.signaling.jakarta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that a field's schema does not allow, one for each thing that it says, as they are written. */
final class FieldFaults {

    private static final Map<String, String> ONE_OF_EACH_TYPE = Map.of(
            "null", "null",
            "boolean", "true",
            "integer", "7",
            "number", "1.5",
            "string", "\"x\"",
            "array", "[\"x\"]",
            "object", "{\"x\":1}");

    /** What a schema may say; of anything else nobody here knows what would be against it. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "title", "description", "const", "type", "minLength", "maxLength", "pattern", "not", "minimum", "maximum");

    /** Strings that one pattern or another is against. */
    private static final List<String> ODD =
            List.of("\\u0000", "a\\u001f", "\\u007fb", "\\u009f", "a\\nb", "a b", "A", "\u00eb");

    private FieldFaults() {}

    static List<String> of(JsonNode schema) {
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!UNDERSTOOD.contains(keyword)) {
                throw new AssertionError("nobody knows what is against " + keyword + " in " + schema);
            }
        });
        List<String> values = new ArrayList<>(wrongTypes(schema));
        if (schema.path("minLength").asInt() > 0) {
            values.add("\"\"");
        }
        if (schema.has("maxLength")) {
            values.add(text(schema.path("maxLength").asInt() + 1));
        }
        if (schema.has("pattern")) {
            values.addAll(against(Pattern.compile(schema.path("pattern").asText())));
        }
        if (schema.has("not")) {
            values.add(schema.path("not").required("const").toString());
        }
        if (schema.has("minimum")) {
            values.add(Long.toString(schema.path("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
            values.add(Long.toString(schema.path("maximum").asLong() + 1));
        }
        return values;
    }

    /** The values at the bounds, which it does allow. */
    static List<String> bounds(JsonNode schema) {
        List<String> values = new ArrayList<>();
        for (String bound : List.of("minLength", "maxLength")) {
            if (schema.has(bound)) {
                values.add(text(schema.path(bound).asInt()));
            }
        }
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.has(bound)) {
                values.add(schema.path(bound).asText());
            }
        }
        return values;
    }

    private static List<String> wrongTypes(JsonNode schema) {
        String type = schema.has("const") ? "string" : schema.path("type").asText();
        if (type.isEmpty()) {
            return List.of(); // any value will do
        }
        Map<String, String> others = new LinkedHashMap<>(ONE_OF_EACH_TYPE);
        if (others.remove(type) == null) {
            throw new AssertionError("no type of JSON's: " + type);
        }
        return List.copyOf(others.values());
    }

    private static List<String> against(Pattern pattern) {
        List<String> values = ODD.stream()
                .filter(value -> !pattern.matcher(JsonScanner.unescape(value, 0, value.length()))
                        .find())
                .map(value -> '"' + value + '"')
                .toList();
        if (values.isEmpty()) {
            throw new AssertionError("nothing is against the pattern " + pattern);
        }
        return values;
    }

    private static String text(int characters) {
        return '"' + "x".repeat(characters) + '"';
    }
}
