package dev.signaling.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a dialect has written, as a strict reader of JSON (RFC 8259) understands it. */
record WrittenJson(String text, List<String> strings) {

    private static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(100_000).build())
            .build();

    /** Reads one object with nothing behind it. */
    static WrittenJson read(String text) {
        return read(text, false);
    }

    /** Complains of a key that stands twice, on any level. */
    void requireNoKeyTwice() {
        read(text, true);
    }

    private static WrittenJson read(String text, boolean keysOnce) {
        List<String> strings = new ArrayList<>();
        try (JsonParser parser = STRICT.createParser(text)) {
            parser.configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), keysOnce);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("no JSON object: " + text);
            }
            int depth = 1;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (depth == 0) {
                    throw new AssertionError("something stands behind the object: " + text);
                }
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(parser.getText());
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        } catch (IOException e) {
            throw new AssertionError("not strict JSON: " + text, e);
        }
        return new WrittenJson(text, strings);
    }
}
