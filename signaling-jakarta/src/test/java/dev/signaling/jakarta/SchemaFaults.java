package dev.signaling.jakarta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signaling.jakarta.BadTexts.BadText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of one type with one fault each, made of a golden file and the type's schema, so that no field is forgotten: each one
 * missing, there twice, of each wrong type, and over each bound that the schema sets. The codes are those of PROTOCOL.md. All
 * have the id 7 where the format has one, but for those whose id is what is wrong.
 */
final class SchemaFaults {

    private static final String TYPE = "type";

    private final Schemas schemas;
    private final String type;
    private final Map<String, JsonNode> fields;
    private final Map<String, String> right;
    private final List<BadText> bad = new ArrayList<>();

    private SchemaFaults(Schemas schemas, String type, Map<String, String> golden) {
        this.schemas = schemas;
        this.type = type;
        fields = schemas.fields(type);
        right = right(golden);
    }

    /** Those of all types that a client has. */
    static List<BadText> of(Schemas schemas, Map<String, String> golden) {
        return types(schemas, golden).flatMap(faults -> faults.all().stream()).toList();
    }

    /** The same without a fault: what they are made of, and what goes to the very bounds. */
    static List<String> none(Schemas schemas, Map<String, String> golden) {
        return types(schemas, golden).flatMap(SchemaFaults::withoutFault).toList();
    }

    private static Stream<SchemaFaults> types(Schemas schemas, Map<String, String> golden) {
        return schemas.fromClient().keySet().stream().map(type -> new SchemaFaults(schemas, type, golden));
    }

    /** The fields of a client's messages, each behind its type. */
    static Set<String> fields(Schemas schemas) {
        return schemas.fromClient().keySet().stream()
                .flatMap(type -> schemas.fields(type).keySet().stream().map(field -> type + " " + field))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the golden files of the type the one with the most fields. */
    private Map<String, String> right(Map<String, String> golden) {
        Map<String, String> message = golden.entrySet().stream()
                .filter(file -> GoldenFiles.code(file.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .filter(text -> schemas.clientType(text).equals(type))
                .filter(text -> schemas.faultsFromClient(text).isEmpty())
                .map(Schemas::members)
                .reduce((one, other) -> other.size() > one.size() ? other : one)
                .orElseThrow(() -> new AssertionError("no golden file of type " + type));
        if (fields.containsKey("id")) {
            message.put("id", "\"7\"");
        }
        return message;
    }

    private List<BadText> all() {
        fields.forEach((field, schema) -> {
            String code = ProtocolFields.code(type, field);
            FieldFaults.of(schema).forEach(value -> bad.add(new BadText(code, with(field, value))));
            if (schemas.requires(type, field)) {
                bad.add(new BadText(code, without(field)));
            }
            if (right.containsKey(field)) {
                addTwice(field);
            }
        });
        notForClients().forEach(other -> bad.add(new BadText("unknown-type", with(TYPE, '"' + other + '"'))));
        return bad;
    }

    /** Once as it is, and once with a key that is the same only to those who read it. */
    private void addTwice(String field) {
        String escaped = String.format("\\u%04x", (int) field.charAt(0)) + field.substring(1);
        for (String key : List.of(field, escaped)) {
            String again = ",\"" + key + "\":" + right.get(field) + "}";
            bad.add(new BadText("malformed-message", text(right).replaceFirst("}$", Matcher.quoteReplacement(again))));
        }
    }

    /** The types that are the server's alone, and where not everything is relayed also some that are nobody's. */
    private Stream<String> notForClients() {
        Stream<String> nobodys = schemas.relays() ? Stream.of() : Stream.of("", "x", "Ping", "ping ", "p\\u0000ing");
        return Stream.concat(
                schemas.fromServer().keySet().stream()
                        .filter(other -> !schemas.fromClient().containsKey(other)),
                nobodys);
    }

    private Stream<String> withoutFault() {
        Stream<String> toTheBounds = fields.entrySet().stream()
                .flatMap(field ->
                        FieldFaults.bounds(field.getValue()).stream().map(value -> with(field.getKey(), value)));
        return Stream.concat(Stream.of(text(right)), toTheBounds);
    }

    private String with(String field, String value) {
        Map<String, String> changed = new LinkedHashMap<>(right);
        changed.put(field, value);
        return text(changed);
    }

    private String without(String field) {
        Map<String, String> changed = new LinkedHashMap<>(right);
        changed.remove(field);
        return text(changed);
    }

    private static String text(Map<String, String> message) {
        return message.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
