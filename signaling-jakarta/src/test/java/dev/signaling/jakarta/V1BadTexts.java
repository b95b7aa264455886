package dev.signaling.jakarta;

import dev.signaling.jakarta.BadTexts.BadText;
import java.util.List;
import java.util.stream.Stream;

/** Texts that no client of signaling.v1 may send, and the code of the error that answers each. */
final class V1BadTexts {

    /** No integers to the server, though they are to a schema. */
    private static final List<String> NO_COUNTS = List.of("-0", "1.0", "1e3");

    private static final String LONE_SURROGATE = "\"\\ud800\"";

    private V1BadTexts() {}

    static List<BadText> all() {
        return Stream.of(
                        SchemaFaults.of(Schemas.v1(), GoldenFiles.v1()).stream(),
                        noObjects(),
                        NO_COUNTS.stream().flatMap(V1BadTexts::counted),
                        noSchemaTells())
                .flatMap(texts -> texts)
                .toList();
    }

    private static Stream<BadText> noObjects() {
        return Stream.of("", "null", "true", "7", "\"ping\"", "[{\"type\":\"ping\"}]", "{\"type\":\"ping\"}{}")
                .map(text -> new BadText("malformed-message", text));
    }

    private static Stream<BadText> counted(String value) {
        return Stream.of(
                        "{\"type\":\"ping\",\"id\":\"7\",\"received\":" + value + "}",
                        "{\"type\":\"resume\",\"id\":\"7\",\"token\":\"t\",\"received\":" + value + "}")
                .map(text -> new BadText("invalid-field", text));
    }

    private static Stream<BadText> noSchemaTells() {
        return Stream.of(
                new BadText("invalid-field", "{\"type\":\"ping\",\"id\":" + LONE_SURROGATE + "}"),
                new BadText(
                        "invalid-field",
                        "{\"type\":\"signal\",\"id\":\"7\",\"channel\":\"c\",\"data\":1,\"to\":" + LONE_SURROGATE
                                + "}"),
                new BadText(
                        "invalid-channel",
                        "{\"type\":\"signal\",\"id\":\"7\",\"data\":1,\"channel\":" + LONE_SURROGATE + "}"));
    }
}
