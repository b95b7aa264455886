package dev.signaling.conformance;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Map;

/** Messages as they are written (RFC 8259). */
final class Notation {

    /** Found once: {@code Json} looks for it anew on every call. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private static final JsonReaderFactory READERS = JSON.createReaderFactory(Map.of());

    private Notation() {}

    /** JSON that is written with single quotes, with these in place of {@code %s}. */
    static String quoted(String json, Object... values) {
        String text = json.replace('\'', '"');
        for (Object value : values) {
            int place = text.indexOf("%s");
            text = text.substring(0, place) + value + text.substring(place + 2);
        }
        return text;
    }

    /** A string as JSON has it. */
    static String json(String text) {
        return JSON.createValue(text).toString();
    }

    /** The one object that a text has to be. */
    static JsonObject parse(String text) {
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException | ClassCastException | IllegalStateException e) {
            throw new Violation("no JSON object: " + Heard.brief(text));
        }
    }

    /** The type of a message, empty if it has none. */
    static String type(String text) {
        try {
            return text(parse(text), "type");
        } catch (Violation e) {
            return "";
        }
    }

    static boolean isString(JsonObject object, String key) {
        return object.get(key) instanceof JsonString;
    }

    /** A field, empty if there is none or it is no string. */
    static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString value ? value.getString() : "";
    }
}
