package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ErrorCode;
import dev.signaling.spi.MalformedMessageException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which texts are JSON, by RFC 8259, and where their members are. */
class EnvelopeTest {

    private static Stream<String> values() {
        return Stream.of(
                "true",
                "false",
                "null",
                "0",
                "-0",
                "10",
                "-1.50",
                "0.1",
                "1e1",
                "1E+1",
                "0e-0",
                "1.25e400",
                "\"\"",
                "\"\\\"\"",
                "\"\\\\\"",
                "\"\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0000\\uABCD\\uabcd\"",
                "\"\u007f\u2028\ud83c\udfa5\"",
                "\"\ud800\"",
                "[]",
                "[ ]",
                "[1]",
                "[1,\"a\",[],{}]",
                "{}",
                "{ }",
                "{\"\":{\"a\":[{}]}}",
                "{\"same\":1,\"same\":2}");
    }

    private static Stream<String> noValues() {
        return Stream.of(
                "",
                "tru",
                "True",
                "truee",
                "nul",
                "NULL",
                "undefined",
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "-01",
                "00",
                "1.",
                ".5",
                "-.5",
                "-",
                "+1",
                "1e",
                "1e+",
                "1.e1",
                "0x1",
                "1_000",
                "1,5",
                "\u0661",
                "--1",
                "1-",
                "\"",
                "\"\\\"",
                "'a'",
                "\"\\a\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\uff11\uff12\uff13\uff14\"",
                "\"\\u-123\"",
                "\"\\u 123\"",
                "\"\\U0041\"",
                "\"\\x41\"",
                "\"\\\n\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "\"\u001f\"",
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[,]",
                "[1 2]",
                "[1;2]",
                "[1}",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\",1}",
                "{:1}",
                "{1:1}",
                "{a:1}",
                "{null:1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1]",
                "{,}",
                "{\"a\":1,,\"b\":2}",
                "1 2",
                "\u00a01",
                "\ufeff1",
                "\u000b1",
                "\f1",
                "/**/1",
                "1//",
                "#",
                "\u0000");
    }

    @Test
    void takesEveryValue() {
        assertAll(values().map(value -> () -> {
            Envelope envelope = Envelope.of("\r{\n\"value\"\t:\r" + value + "\n,\"after\":\"it\" } \t");
            assertTrue(envelope.has("value"));
            assertEquals(Optional.of("it"), envelope.string("after"), value);
        }));
    }

    @Test
    void refusesWhatIsNoValue() {
        assertAll(noValues().map(text -> () -> assertMalformed("{\"value\":" + text + "}")));
    }

    @Test
    void refusesWhatIsNoObject() {
        assertAll(Stream.concat(values().filter(value -> !value.startsWith("{")), noValues())
                .map(text -> () -> assertMalformed(text)));
    }

    @Test
    void refusesWhateverStandsBehindTheEnd() {
        assertAll(Stream.of("x", "{}", ",", "}", "]", "\"", "null", "\u0000", "\u00a0", "\ufeff")
                .map(text -> () -> {
                    assertMalformed("{}" + text);
                    assertMalformed("{\"a\":1} " + text);
                }));
    }

    @Test
    void refusesAMessageThatEndsTooEarlyWhereverItDoes() {
        String offer =
                " {\"type\": \"offer\", \"s\\u0064p\": \"v=0\\r\\n\", \"x\": [-1.5e+10, true, false, null, {\"a\": {}}]}";
        assertAll(IntStream.range(0, offer.length()).mapToObj(end -> () -> assertMalformed(offer.substring(0, end))));
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertMalformed("{\"type\":1,\"type\":1}");
        assertMalformed("{\"type\":1,\"a\":2,\"ty\\u0070e\":1}");
        assertMalformed("{\"ty\\u0070e\":1,\"\\u0074ype\":1}");
        assertMalformed("{\"\":1,\"\":1}");
        for (int others : new int[] {1, 14, 15, 16, 17, 100}) {
            assertMalformed("{\"type\":1," + keys(others) + ",\"type\":1}");
            assertMalformed("{" + keys(others) + ",\"k0\":1}");
        }
    }

    @Test
    void tellsKeysApartThatDifferALittle() throws MalformedMessageException {
        Envelope envelope = Envelope.of(
                "{\"type\":\"a\",\"Type\":\"b\",\"type \":\"c\",\"\\u0000type\":\"d\",\"t\u00fdpe\":\"e\"}");
        assertEquals(Optional.of("a"), envelope.string("type"));
        assertEquals(Optional.of("b"), envelope.string("Type"));
        assertEquals(Optional.of("d"), envelope.string("\u0000type"));
    }

    @Test
    void readsStringsAndNothingElse() throws MalformedMessageException {
        Envelope envelope = Envelope.of(
                "{\"s\":\"\\u0041\\/\\\\\\\"\\b\\f\\n\\r\\t\\ud83c\\udfa5\",\"empty\":\"\",\"n\":1,\"o\":{\"inner\":\"x\"},\"z\":null}");
        assertEquals(Optional.of("A/\\\"\b\f\n\r\t\ud83c\udfa5"), envelope.string("s"));
        assertEquals(Optional.of(""), envelope.string("empty"));
        assertEquals(Optional.empty(), envelope.string("n"));
        assertEquals(Optional.empty(), envelope.string("o"));
        assertEquals(Optional.empty(), envelope.string("z"));
        assertTrue(envelope.has("z"));
        assertFalse(envelope.has("inner"));
    }

    @Test
    void givesAValueAsItIsWritten() throws MalformedMessageException {
        Envelope envelope = Envelope.of("{\"o\" : { \"a\" : 1.0 } , \"a\":[ ],\"n\":null,\"s\":\"\\u0041\"}");
        assertEquals(Optional.of("{ \"a\" : 1.0 }"), envelope.raw("o"));
        assertEquals(Optional.of("{ \"a\" : 1.0 }"), envelope.object("o"));
        assertEquals(Optional.of("[ ]"), envelope.raw("a"));
        assertEquals(Optional.of("\"\\u0041\""), envelope.raw("s"));
        for (String key : new String[] {"a", "n", "s", "missing"}) {
            assertEquals(Optional.empty(), envelope.object(key));
        }
        assertEquals(Optional.of("null"), envelope.raw("n"));
        assertEquals(Optional.empty(), envelope.raw("missing"));
    }

    @Test
    void readsCountsAndNothingElse() throws MalformedMessageException {
        Envelope envelope =
                Envelope.of("{\"zero\":0,\"most\":9007199254740991,\"more\":9007199254740992,\"minus\":-1,\"real\":1.0,"
                        + "\"text\":\"1\",\"large\":" + "9".repeat(400) + "}");
        assertEquals(OptionalLong.of(0), envelope.count("zero"));
        assertEquals(OptionalLong.of(9_007_199_254_740_991L), envelope.count("most"));
        for (String key : new String[] {"more", "minus", "real", "text", "large", "missing"}) {
            assertEquals(OptionalLong.empty(), envelope.count(key), key);
        }
    }

    /** With every key compared to every other, this would be 20 billion comparisons: minutes. */
    @Test
    void readsManyKeysInTimeThatGrowsAsTheyDo() {
        String text = "{" + keys(200_000) + "}";
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertTrue(Envelope.of(text).has("k199999")));
    }

    @Test
    void goesAsDeepAsItSays() throws MalformedMessageException {
        assertTrue(Envelope.of("{\"a\":".repeat(64) + "1" + "}".repeat(64)).has("a"));
        assertTrue(Envelope.of("{\"a\":" + "[".repeat(63) + "]".repeat(63) + ",\"b\":[[]]}")
                .has("b"));
        assertMalformed("{\"a\":".repeat(65) + "1" + "}".repeat(65));
        assertMalformed("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}");
    }

    @Test
    void survivesNestingWithoutEnd() {
        assertMalformed("[".repeat(100_000));
        assertMalformed("{\"a\":".repeat(100_000));
        assertMalformed("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        assertMalformed("{\"a\":" + "[{\"a\":".repeat(50_000));
    }

    private static String keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":0").collect(Collectors.joining(","));
    }

    private static void assertMalformed(String text) {
        MalformedMessageException refusal = assertThrows(
                MalformedMessageException.class,
                () -> Envelope.of(text),
                () -> text.substring(0, Math.min(80, text.length())));
        assertEquals(ErrorCode.MALFORMED_MESSAGE, refusal.code());
    }
}
