package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link Dialect} keeps whose messages are JSON objects with a {@code type}. A test class implements this and
 * gives it a few texts of its dialect; it has these tests then.
 *
 * <p>A text from a peer becomes a message or a {@link MalformedMessageException}, never anything else, whatever it is: a
 * stranger has written it.
 */
public interface DialectContract {

    /** The dialect to be tested. */
    Dialect dialect();

    /** Texts that clients of the dialect send, and what they mean: at least one of each kind that it has. */
    Map<String, ClientMessage> wellFormed();

    /** Texts that are wrong by the dialect's own rules, and why; the contract has those that are wrong in every one. */
    Map<String, ErrorCode> malformed();

    /** A client's request to join the channel whose name is this JSON value, or would be if it were a good one. */
    String joinText(String channelValue);

    /** A client's signal with this JSON value somewhere inside of what is to be carried. */
    String signalText(String value);

    @Test
    default void decodesWhatItsClientsSend() throws MalformedMessageException {
        assertFalse(wellFormed().isEmpty(), "no text was given");
        assertAll(wellFormed().entrySet().stream().map(text ->
                (Executable) () -> assertEquals(text.getValue(), dialect().decode(text.getKey()))));
        assertEquals(new ChannelName("one"), joined(joinText("\"one\"")).channel());
    }

    @Test
    default void namesWhatIsWrongByItsOwnRules() {
        assertAll(malformed().entrySet().stream().map(text -> () -> assertRefused(text.getValue(), text.getKey())));
    }

    @Test
    default void refusesWhatIsNoJsonObject() {
        assertAll(Stream.of(
                        "",
                        " ",
                        "hello",
                        "null",
                        "true",
                        "0",
                        "-1.5e3",
                        "\"text\"",
                        "[]",
                        "[{\"type\":\"offer\"}]",
                        "{",
                        "{\"type\"",
                        "{\"type\":",
                        "{\"type\":\"offer\"",
                        "{\"type\":\"offer\",}",
                        "{type:\"offer\"}",
                        "{'type':'offer'}",
                        "\uFEFF{\"type\":\"offer\"}",
                        "{\"type\":\"offer\"}}",
                        "{\"type\":\"offer\"} x",
                        "{\"type\":\"offer\"}{\"type\":\"offer\"}",
                        "{\"type\":\"offer\"}\u0000",
                        "/**/{\"type\":\"offer\"}",
                        "<type>offer</type>",
                        "\u0000",
                        "}",
                        "]")
                .map(text -> () -> assertRefused(ErrorCode.MALFORMED_MESSAGE, text)));
    }

    @Test
    default void refusesWhatHasNoType() {
        assertAll(Stream.of(
                        "{}",
                        " { } ",
                        "{\"Type\":\"offer\"}",
                        "{\"type\":null}",
                        "{\"type\":1}",
                        "{\"type\":true}",
                        "{\"type\":[\"offer\"]}",
                        "{\"type\":{\"type\":\"offer\"}}",
                        "{\"x\":{\"type\":\"offer\"}}")
                .map(text -> () -> assertRefused(ErrorCode.UNKNOWN_TYPE, text)));
    }

    /** RFC 8259, section 4: what a reader makes of a key that stands twice is its own choice, so nobody may rely on one. */
    @Test
    default void refusesAKeyThatStandsTwiceInTheEnvelope() {
        String join = joinText("\"one\"");
        String signal = signalText("1");
        assertAll(Stream.of(join, signal)
                .flatMap(text -> Stream.of("\"type\":\"offer\"", "\"\\u0074ype\":\"offer\"", "\"type\":{}")
                        .flatMap(member -> Stream.of(
                                text.replaceFirst("\\{", "{" + quoted(member) + ","),
                                text.substring(0, text.lastIndexOf('}')) + "," + member + "}")))
                .map(text -> () -> assertRefused(ErrorCode.MALFORMED_MESSAGE, text)));
    }

    @Test
    default void refusesWhatIsNotStrictJsonInsideWhatItCarries() {
        assertAll(Stream.of(
                        "",
                        "tru",
                        "nulll",
                        "NaN",
                        "Infinity",
                        "+1",
                        "01",
                        "1.",
                        ".5",
                        "1e",
                        "1e+",
                        "0x10",
                        "--1",
                        "'x'",
                        "\"",
                        "\"\\x\"",
                        "\"\\u12\"",
                        "\"\\u12G4\"",
                        "\"\\u\uFF11234\"",
                        "\"tab\tinside\"",
                        "\"line\ninside\"",
                        "[",
                        "[1,]",
                        "[1 2]",
                        "[1}",
                        "{\"a\"}",
                        "{\"a\":}",
                        "{\"a\":1,}",
                        "{1:2}",
                        "1/**/",
                        "1 2",
                        "\u00A01",
                        "undefined")
                .map(value -> () -> assertRefused(ErrorCode.MALFORMED_MESSAGE, signalText(value))));
    }

    @Test
    default void refusesWhatCanBeNoChannelsName() {
        assertAll(Stream.of(
                        "\"\"",
                        "null",
                        "1",
                        "true",
                        "[\"one\"]",
                        "{\"name\":\"one\"}",
                        "\"__proto__\"",
                        "\"\\u005f_proto__\"",
                        "\"a\\u0000b\"",
                        "\"line\\nbreak\"",
                        "\"\\u007f\"",
                        "\"\\ud800\"",
                        "\"\\udc00\\ud800\"",
                        "\"" + "x".repeat(ChannelName.LONGEST + 1) + "\"")
                .map(value -> () -> assertRefused(ErrorCode.INVALID_CHANNEL, joinText(value))));
    }

    @Test
    default void takesEveryNameThatCanBeOne() {
        assertAll(Map.of(
                        "\"x\"",
                        "x",
                        "\"a b\"",
                        "a b",
                        "\"\\u0061\\/\\\"\\\\\"",
                        "a/\"\\",
                        "\"\\ud83d\\ude00\"",
                        "\uD83D\uDE00",
                        "\"\uD83D\uDE00\"",
                        "\uD83D\uDE00",
                        "\"constructor\"",
                        "constructor",
                        "\"" + "x".repeat(ChannelName.LONGEST) + "\"",
                        "x".repeat(ChannelName.LONGEST))
                .entrySet()
                .stream()
                .map(name -> () -> assertEquals(
                        new ChannelName(name.getValue()),
                        joined(joinText(name.getKey())).channel())));
    }

    /** However deep: what comes is a message or a refusal, and never the end of the thread's stack. */
    @Test
    default void survivesNestingWithoutEnd() {
        int deep = 100_000;
        assertRefused(ErrorCode.MALFORMED_MESSAGE, "[".repeat(deep));
        assertRefused(ErrorCode.MALFORMED_MESSAGE, "[".repeat(deep) + "]".repeat(deep));
        assertRefused(ErrorCode.MALFORMED_MESSAGE, "{\"a\":".repeat(deep));
        assertRefused(ErrorCode.MALFORMED_MESSAGE, signalText("[".repeat(deep)));
        assertUnderstoodOrRefused(signalText("[".repeat(deep) + "]".repeat(deep)));
        assertUnderstoodOrRefused(signalText("{\"a\":".repeat(deep) + "1" + "}".repeat(deep)));
        assertUnderstoodOrRefused(joinText("[".repeat(deep) + "]".repeat(deep)));
    }

    @Test
    default void refusesInWordsFitForAPeer() {
        Stream.concat(
                        malformed().keySet().stream(),
                        Stream.of(
                                "",
                                "null",
                                "{\"type\":1}",
                                "{\"type\":\"offer\"}x",
                                joinText("1"),
                                joinText("\"\""),
                                signalText("tru"),
                                signalText("\"\\x\""),
                                "[".repeat(1000)))
                .forEach(text -> {
                    String detail = assertThrows(MalformedMessageException.class, () -> dialect()
                                    .decode(text))
                            .detail();
                    assertTrue(detail.length() > 3 && detail.length() < 300, detail);
                    assertFalse(detail.contains("Exception") || detail.contains("Error:"), detail);
                    assertFalse(detail.matches("(?s).*\\b(java|jakarta|org|com|dev)\\.\\w.*"), detail);
                    assertTrue(detail.chars().noneMatch(Character::isISOControl), detail);
                });
    }

    /** Seeded, so that a text that is found once is found again. */
    @Test
    default void makesOfAnyTextAMessageOrARefusal() {
        List<String> seeds = Stream.of(
                        wellFormed().keySet().stream().sorted(),
                        malformed().keySet().stream().sorted(),
                        Stream.of(joinText("\"one\""), signalText("{\"a\":[1,-2.5e3,\"\\u00e9\",null]}")))
                .flatMap(texts -> texts)
                .toList();
        Mutation mutation = new Mutation(new Random(20_260_101));
        for (int i = 0; i < 5_000; i++) {
            assertUnderstoodOrRefused(mutation.of(seeds.get(i % seeds.size())));
        }
    }

    @Test
    default void carriesAPayloadCharacterByCharacter() {
        assertAll(Stream.of(
                        "1",
                        "-0",
                        "1.0",
                        "1e400",
                        "123456789012345678901234567890",
                        "0.1000",
                        "\"\"",
                        "\"\\u00e9\"",
                        "\"\u00E9\uD83D\uDE00\u2028\u0085\"",
                        "\"\\/\\\\\\\"\\b\\f\\n\\r\\t\"",
                        "\"\\ud800\"",
                        "\"</script>\"",
                        "[ 1 ,\t2\r\n]",
                        "{ }",
                        "{\"b\":1,\"a\":2}",
                        "{\"a\":1,\"a\":2}",
                        "{\"__proto__\":{}}",
                        "{\"from\":\"me\",\"type\":\"joined-channel\"}",
                        "[[[[[[[[1]]]]]]]]",
                        "\"" + "v=0\\r\\n".repeat(500) + "\"")
                .map(value -> () -> {
                    ClientMessage.Signal signal = assertInstanceOf(
                            ClientMessage.Signal.class, dialect().decode(signalText(value)));
                    Payload data = signal.data();
                    assertTrue(data.text().contains(value), () -> value + " became " + data.text());
                    String out = encoded(new ServerMessage.Signal(
                                    signal.channel().orElse(new ChannelName("one")), new PeerId("sender"), data))
                            .orElseThrow(() -> new AssertionError("a signal was not encoded"));
                    assertTrue(out.contains(data.text()), () -> data.text() + " went out as " + out);
                    WrittenJson.read(out);
                }));
    }

    @Test
    default void hasWordsOrNoneForEveryServerMessage() {
        Set<Class<?>> samples =
                ServerMessageSamples.ALL.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(Arrays.asList(ServerMessage.class.getPermittedSubclasses())), samples);
        assertAll(ServerMessageSamples.ALL.stream()
                .map(message -> () -> encoded(message)
                        .ifPresent(text -> WrittenJson.read(text).requireNoKeyTwice())));
    }

    /** Both sides count: what one of them never sees written down would be a gap for the other. */
    @Test
    default void hasWordsForEverythingIfItsClientsCanComeBack() {
        if (dialect().terms().resumable()) {
            assertAll(ServerMessageSamples.ALL.stream()
                    .map(message -> () -> assertTrue(encoded(message).isPresent(), () -> "no words for " + message)));
        }
    }

    /** Else whoever is told that its token has ended could do nothing about it. */
    @Test
    default void hasWordsForANewTokenIfOneCanBeShown() {
        if (dialect().terms().renewable()) {
            assertTrue(
                    wellFormed().values().stream().anyMatch(ClientMessage.RefreshToken.class::isInstance),
                    "no text shows a new token");
            assertTrue(
                    encoded(new ServerMessage.TokenRefreshed(Optional.empty())).isPresent());
        }
    }

    /** Else a peer would be told of servers that it cannot hear of, or could never ask for fresh ones. */
    @Test
    default void hasWordsForIceServersIfItSaysSo() {
        if (dialect().terms().iceServers()) {
            assertTrue(
                    wellFormed().values().stream().anyMatch(ClientMessage.GetIceServers.class::isInstance),
                    "no text asks for ICE servers");
            assertAll(ServerMessageSamples.OF_ICE_SERVERS.stream()
                    .map(message -> () -> assertTrue(
                            encoded(message).orElse("").contains("turn:turn.example.com?transport=udp"),
                            () -> "no words for the servers of " + message)));
        }
    }

    @Test
    default void writesTheSameMessageTheSameWay() {
        for (ServerMessage message : ServerMessageSamples.ALL) {
            assertEquals(encoded(message), encoded(message));
        }
    }

    @Test
    default void writesHostileNamesSoThatTheyAreReadAsTheyWere() {
        for (String name :
                List.of("\"", "\\", "\",\"type\":\"error\",\"x\":\"", "a\u2028b", "\uD83D\uDE00", "</script>")) {
            ChannelName channel = new ChannelName(name);
            for (ServerMessage message : ServerMessageSamples.in(channel)) {
                encoded(message).map(WrittenJson::read).ifPresent(json -> {
                    json.requireNoKeyTwice();
                    assertTrue(json.strings().contains(name), () -> name + " is not in " + json);
                });
            }
        }
    }

    private ClientMessage.JoinChannel joined(String text) throws MalformedMessageException {
        return assertInstanceOf(ClientMessage.JoinChannel.class, dialect().decode(text));
    }

    private Optional<String> encoded(ServerMessage message) {
        return dialect().encode(message);
    }

    private void assertRefused(ErrorCode code, String text) {
        MalformedMessageException refusal = assertThrows(
                MalformedMessageException.class, () -> dialect().decode(text), () -> "taken: " + Mutation.shown(text));
        assertEquals(code, refusal.code(), () -> "of " + Mutation.shown(text));
    }

    private void assertUnderstoodOrRefused(String text) {
        try {
            ClientMessage message = dialect().decode(text);
            assertTrue(message.id().isEmpty() || message.id().get().length() <= text.length());
        } catch (MalformedMessageException e) {
            assertFalse(e.detail().isEmpty());
        } catch (RuntimeException | Error e) {
            throw new AssertionError("decoding " + Mutation.shown(text) + " ended in " + e, e);
        }
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }
}
