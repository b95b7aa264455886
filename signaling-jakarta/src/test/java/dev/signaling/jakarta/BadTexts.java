package dev.signaling.jakarta;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Texts that are no message, and the code of the error that answers each. */
final class BadTexts {

    private BadTexts() {}

    static List<BadText> all() {
        return Stream.of(
                        texts("malformed-message", "", " ", "hello", "null", "true", "3", "-0.5e1", "\"offer\"", "[]"),
                        texts(
                                "malformed-message",
                                "[{\"type\":\"offer\"}]",
                                "{",
                                "}",
                                "{\"type\":\"offer\"",
                                "\ufeff{}"),
                        texts(
                                "malformed-message",
                                "{\"type\":\"offer\"}{}",
                                "{\"type\":\"offer\"} x",
                                "{'type':'offer'}"),
                        texts("malformed-message", "{\"type\":\"offer\",}", "{type:\"offer\"}", "{\"type\":\"a\tb\"}"),
                        texts("malformed-message", "{\"type\":\"offer\",\"type\":\"answer\"}"),
                        texts("malformed-message", "{\"type\":\"offer\",\"ty\\u0070e\":\"answer\"}"),
                        texts(
                                "malformed-message",
                                "[".repeat(60_000),
                                "{\"a\":".repeat(12_000),
                                manyKeys() + ",\"k0\":0}"),
                        texts("unknown-type", "{}", "{\"sdp\":\"v=0\"}", "{\"Type\":\"offer\"}", manyKeys() + "}"),
                        texts("unknown-type", "{\"type\":\"err\\u006fr\",\"code\":\"x\"}"),
                        texts("invalid-channel", join("\"__pr\\u006fto__\"")),
                        texts("invalid-channel", join("\"\\ud800\""), join("\"\\udc00\\ud800\"")),
                        SchemaFaults.of(Schemas.tutorial(), GoldenFiles.tutorial()).stream())
                .flatMap(texts -> texts)
                .toList();
    }

    private static Stream<BadText> texts(String code, String... texts) {
        return Stream.of(texts).map(text -> new BadText(code, text));
    }

    private static String join(String channel) {
        return "{\"type\":\"join-channel\",\"channel\":" + channel + "}";
    }

    /** An object of 5,000 keys, but for its end. */
    private static String manyKeys() {
        return IntStream.range(0, 5_000).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(",", "{", ""));
    }

    record BadText(String code, String text) {

        /** Whether it has the id 7, and the server can read it. */
        boolean tellsItsId() {
            return text.contains("\"id\":\"7\"") && !code.equals("malformed-message");
        }

        @Override
        public String toString() {
            return code + ": " + (text.length() > 60 ? text.substring(0, 60) + "…" : text);
        }
    }
}
