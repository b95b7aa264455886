package dev.signaling.jakarta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message's outermost object as another reader of JSON takes it, by the rules T2 and V3: strict, no key twice in the
 * outermost object, nothing nested deeper than 64.
 */
final class ReferenceJson {

    private static final int DEEPEST = 64;
    private static final JsonFactory INCOMING = nestedAtMost(DEEPEST);
    private static final JsonFactory OUTGOING = nestedAtMost(DEEPEST + 2); // in a member, in the roster

    /** A value: what it consists of, token by token, keys and texts without their escapes. */
    record Value(JsonToken first, List<String> tokens) {

        Optional<String> string() {
            return first == JsonToken.VALUE_STRING
                    ? Optional.of(tokens.get(0)
                            .substring(JsonToken.VALUE_STRING.name().length() + 1))
                    : Optional.empty();
        }

        boolean isObject() {
            return first == JsonToken.START_OBJECT;
        }

        /** A number of digits alone, as it is written. */
        Optional<String> digits() {
            return first == JsonToken.VALUE_NUMBER_INT
                    ? Optional.of(tokens.get(0)
                            .substring(JsonToken.VALUE_NUMBER_INT.name().length() + 1))
                    : Optional.empty();
        }
    }

    private ReferenceJson() {}

    private static JsonFactory nestedAtMost(int deepest) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(deepest)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /** The members by their keys; empty if the text is no message. */
    static Optional<Map<String, Value>> object(String text) {
        return object(INCOMING, text);
    }

    /** The members of what the server has written around what may be as deep as a message. */
    static Optional<Map<String, Value>> written(String text) {
        return object(OUTGOING, text);
    }

    private static Optional<Map<String, Value>> object(JsonFactory factory, String text) {
        try (JsonParser parser = factory.createParser(text)) {
            Map<String, Value> members = new LinkedHashMap<>();
            boolean isMessage = parser.nextToken() == JsonToken.START_OBJECT;
            while (isMessage && parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken first = parser.nextToken();
                isMessage = members.put(key, new Value(first, tokens(parser, first))) == null;
            }
            return isMessage && parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value that a text is. */
    static Value value(String text) {
        try (JsonParser parser = INCOMING.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new AssertionError("no value: " + text);
            }
            Value value = new Value(first, tokens(parser, first));
            if (parser.nextToken() != null) {
                throw new AssertionError("more than a value: " + text);
            }
            return value;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new AssertionError("not JSON: " + text, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> tokens(JsonParser parser, JsonToken first) throws IOException {
        List<String> tokens = new ArrayList<>(1);
        int depth = 0;
        JsonToken token = first;
        while (true) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            tokens.add(token + " " + parser.getText());
            if (depth == 0) {
                return tokens;
            }
            token = parser.nextToken();
            if (token == null) {
                throw new AssertionError("ends in the middle without a word");
            }
        }
    }
}
