package dev.signaling.jakarta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The JSON Schema files of one format: what each side may send, by the type of the message. Safe for many threads. */
final class Schemas {

    /** Where they are: in the project's docs, seen from this module's folder, in which Maven runs the tests. */
    static final Path DOCS = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolveSibling("docs")
            .normalize();

    /** What a message is held against whose type has no schema: it is relayed as it is. */
    private static final String RELAYED = "relayed";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DEFINITIONS = definitions();
    private static final Schemas TUTORIAL = new Schemas("tutorial");
    private static final Schemas V1 = new Schemas("signaling.v1");

    private final Map<String, JsonSchema> fromClient;
    private final Map<String, JsonSchema> fromServer;

    private Schemas(String format) {
        Path directory = DOCS.resolve("schemas").resolve(format);
        fromClient = in(directory.resolve("client"));
        fromServer = in(directory.resolve("server"));
    }

    private static JsonNode definitions() {
        try {
            return JSON.readTree(DOCS.resolve("schemas/definitions.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schemas tutorial() {
        return TUTORIAL;
    }

    static Schemas v1() {
        return V1;
    }

    private static Map<String, JsonSchema> in(Path directory) {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        Map<String, JsonSchema> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                JsonSchema schema =
                        factory.getSchema(SchemaLocation.of(file.toUri().toString()));
                schema.initializeValidators();
                schemas.put(file.getFileName().toString().replaceFirst("\\.json$", ""), schema);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    /** The types that a client has. */
    Map<String, JsonSchema> fromClient() {
        return fromClient;
    }

    /** The types that the server has. */
    Map<String, JsonSchema> fromServer() {
        return fromServer;
    }

    /** Whether what has no schema of its own is relayed as it is. */
    boolean relays() {
        return fromClient.containsKey(RELAYED);
    }

    /** Whether a client's message of that type has to have that field. */
    boolean requires(String type, String field) {
        return StreamSupport.stream(client(type).path("required").spliterator(), false)
                .anyMatch(name -> name.asText().equals(field));
    }

    /** What the schema of that client's type says of each field, where it stands or where it refers to. */
    Map<String, JsonNode> fields(String type) {
        Map<String, JsonNode> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : client(type).path("properties").properties()) {
            String ref = field.getValue().path("$ref").asText();
            fields.put(
                    field.getKey(),
                    ref.isEmpty() ? field.getValue() : DEFINITIONS.at(ref.substring(ref.indexOf('#') + 1)));
        }
        return fields;
    }

    private JsonNode client(String type) {
        return Optional.ofNullable(fromClient.get(type)).orElseThrow().getSchemaNode();
    }

    /** The name of the schema that a client's text is held against. */
    String clientType(String text) {
        String type = read(text).path("type").asText();
        return relays() && !fromClient.containsKey(type) ? RELAYED : type;
    }

    /** The members of an object, each value as it is written. */
    static Map<String, String> members(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        read(text)
                .properties()
                .forEach(
                        member -> members.put(member.getKey(), member.getValue().toString()));
        return members;
    }

    /** What is wrong with a client's text; empty if nothing is. */
    List<String> faultsFromClient(String text) {
        return faults(fromClient, read(text));
    }

    /** What is wrong with a text of the server's; a field that no schema knows is. */
    List<String> faultsFromServer(String text) {
        JsonNode message = read(text);
        List<String> faults = new ArrayList<>(faults(fromServer, message));
        schema(fromServer, message)
                .map(schema -> schema.getSchemaNode().path("properties"))
                .filter(known -> known.path("type").has("const"))
                .ifPresent(known -> message.fieldNames().forEachRemaining(field -> {
                    if (!known.has(field)) {
                        faults.add("nobody knows the field " + field);
                    }
                }));
        return faults;
    }

    /** Fails if a text is none that the server may send. */
    void requireFromServer(String text) {
        List<String> faults = faultsFromServer(text);
        if (!faults.isEmpty()) {
            throw new AssertionError(text + " does not fit its schema: " + faults);
        }
    }

    private static List<String> faults(Map<String, JsonSchema> schemas, JsonNode message) {
        return schema(schemas, message)
                .map(schema ->
                        schema.validate(message).stream().map(Object::toString).toList())
                .orElse(List.of("there is no schema for it"));
    }

    private static Optional<JsonSchema> schema(Map<String, JsonSchema> schemas, JsonNode message) {
        return Optional.ofNullable(schemas.get(message.path("type").asText()))
                .or(() -> Optional.ofNullable(schemas.get(RELAYED)));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
