package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Limits;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.MalformedMessageException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What is decoded and written again is what it was, for any names and values, halves of surrogate pairs, escapes and nesting
 * included. What no message of a client's has comes back by the server's answer to it.
 */
class DialectProperties {

    private final TutorialDialect tutorial = new TutorialDialect();
    private final SignalingV1Dialect v1 = new SignalingV1Dialect(Limits.defaults());

    /** V13: as the very text that it was. */
    @Property(tries = 500)
    void aSignalOfV1GoesOutAsItCame(@ForAll("names") String channel, @ForAll("values") String data)
            throws MalformedMessageException {
        String text = "{\"type\":\"signal\",\"channel\":" + quoted(channel) + ",\"data\":" + data + "}";
        ClientMessage.Signal signal = (ClientMessage.Signal) v1.decode(text);
        assertEquals(new ChannelName(channel), signal.channel().orElseThrow());
        String out = v1.encode(new ServerMessage.Signal(new ChannelName(channel), new PeerId("p"), signal.data()))
                .orElseThrow();
        assertEquals(signal, v1.decode(out.replaceFirst("\"from\":\"p\",", "")));
        assertEquals(new Payload(data), signal.data());
        DialectChecks.v1(text);
    }

    /** T11: byte for byte. */
    @Property(tries = 500)
    void aMessageOfTheTutorialsGoesOutAsItCame(@ForAll("values") String value, @ForAll("spaces") String space)
            throws MalformedMessageException {
        String text = space + "{\"type\"" + space + ":\"offer\"," + space + "\"x\":" + value + "}" + space;
        ClientMessage.Signal signal = (ClientMessage.Signal) tutorial.decode(text);
        String out = tutorial.encode(new ServerMessage.Signal(new ChannelName("c"), new PeerId("p"), signal.data()))
                .orElseThrow();
        assertEquals(text, out);
        assertEquals(signal, tutorial.decode(out));
        DialectChecks.tutorial(text);
    }

    /** T5: what the server answers names the channel as the client did. */
    @Property(tries = 300)
    void aChannelOfTheTutorialsIsNamedAsItWas(@ForAll("names") String name) throws MalformedMessageException {
        ClientMessage.JoinChannel join = (ClientMessage.JoinChannel)
                tutorial.decode("{\"type\":\"join-channel\",\"channel\":" + quoted(name) + "}");
        String answer = tutorial.encode(joined(join)).orElseThrow();
        assertEquals(join, tutorial.decode(answer.replace("joined-channel", "join-channel")));
    }

    /** V7, V8: who somebody is there, and what it is to be called. */
    @Property(tries = 300)
    void aMemberOfV1IsDescribedAsItDescribedItself(
            @ForAll("names") String name, @ForAll("objects") String meta, @ForAll("ids") String id)
            throws MalformedMessageException {
        String text = "{\"type\":\"join-channel\",\"role\":\"viewer\",\"channel\":" + quoted(name) + ",\"meta\":" + meta
                + ",\"id\":" + quoted(id) + "}";
        ClientMessage.JoinChannel join = (ClientMessage.JoinChannel) v1.decode(text);
        assertEquals(meta, join.meta().text());
        assertEquals(Optional.of(id), join.id());
        String answer = v1.encode(joined(join)).orElseThrow();
        assertEquals(join, v1.decode(answer.replace("\"joined-channel\"", "\"join-channel\"")));
        DialectChecks.v1(text);
    }

    /** V11, V18, V22: the other messages, whose answers repeat their names and numbers. */
    @Property(tries = 300)
    void namesNumbersAndTokensOfV1AreReadAsTheyWere(
            @ForAll("names") String name, @ForAll("ids") String id, @ForAll("counts") long count)
            throws MalformedMessageException {
        assertEquals(
                new ClientMessage.LeaveChannel(new ChannelName(name), Optional.of(id)),
                v1.decode("{\"type\":\"leave-channel\",\"id\":" + quoted(id) + ",\"channel\":" + quoted(name) + "}"));
        ClientMessage ping = new ClientMessage.Ping(Optional.of(count), Optional.of(id));
        String pong = v1.encode(new ServerMessage.Pong(count, Optional.of(id))).orElseThrow();
        assertEquals(ping, v1.decode(pong.replace("\"pong\"", "\"ping\"")));
        assertEquals(
                new ClientMessage.Resume(id, count, Optional.of(id)),
                v1.decode("{\"type\":\"resume\",\"token\":" + quoted(id) + ",\"received\":" + count + ",\"id\":"
                        + quoted(id) + "}"));
    }

    /** Any string at all, names that are none included: taken or refused by the rules. */
    @Property(tries = 1_000)
    void anyStringIsTakenOrRefusedByTheRules(@ForAll("strings") String text, @ForAll("values") String value) {
        DialectChecks.v1("{\"type\":\"signal\",\"channel\":" + quoted(text) + ",\"to\":" + quoted(text) + ",\"data\":"
                + value + ",\"id\":" + quoted(text) + "}");
        DialectChecks.v1(
                "{\"type\":\"join-channel\",\"channel\":\"a\",\"meta\":" + value + ",\"role\":" + quoted(text) + "}");
        DialectChecks.v1("{\"type\":\"resume\",\"token\":" + quoted(text) + ",\"received\":" + value + "}");
        DialectChecks.tutorial("{\"type\":\"join-channel\",\"channel\":" + quoted(text) + "}");
        DialectChecks.tutorial("{\"type\":" + quoted(text) + ",\"channel\":" + value + "}");
        DialectChecks.tutorial(text);
        DialectChecks.v1(text);
    }

    private static ServerMessage joined(ClientMessage.JoinChannel join) {
        return new ServerMessage.JoinedChannel(
                join.channel(), new Member(new PeerId("p"), join.role(), join.meta()), List.of(), join.id());
    }

    private static String quoted(String text) {
        return JsonString.append(new StringBuilder(), text).toString();
    }

    // ---- any text that a message may have

    @Provide
    Arbitrary<String> strings() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.strings()
                        .withChars('\ud800', '\udbff', '\udc00', '\udfff', 'a', '\u0000')
                        .ofMaxLength(5),
                Arbitraries.strings().withChars("{}[]\",:\\/u0123 eE+-.tn").ofMaxLength(30),
                Arbitraries.strings().ofMinLength(250).ofMaxLength(260));
    }

    @Provide
    Arbitrary<String> names() {
        return strings().filter(text -> ReferenceRules.isName(text, 256) && !text.equals("__proto__"));
    }

    @Provide
    Arbitrary<String> ids() {
        return names().filter(text -> text.length() <= 64);
    }

    @Provide
    Arbitrary<Long> counts() {
        return Arbitraries.longs().between(0, (1L << 53) - 1);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(3);
    }

    /** The same text, in some of the ways in which JSON can have it. */
    private static Arbitrary<String> texts() {
        Arbitrary<String> characters = Arbitraries.oneOf(
                Arbitraries.chars().map(c -> "\\u" + String.format("%04X", (int) c)),
                Arbitraries.of("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "/", "\u007f", "\u2028"),
                Arbitraries.strings()
                        .ofLength(2)
                        .map(DialectProperties::quoted)
                        .map(text -> text.substring(1, text.length() - 1)));
        return characters.list().ofMaxSize(6).map(all -> "\"" + String.join("", all) + "\"");
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> leaves = Arbitraries.oneOf(
                Arbitraries.of(
                        "null", "true", "false", "0", "-0", "1.50", "1E+400", "-12e-3", "[]", "{}", "[ ]", "{ }"),
                texts());
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(all -> "[" + String.join(" ,", all) + "]"), objectsOf(inner)),
                0,
                5);
    }

    @Provide
    Arbitrary<String> objects() {
        return objectsOf(values());
    }

    private static Arbitrary<String> objectsOf(Arbitrary<String> inner) {
        return net.jqwik.api.Combinators.combine(texts(), inner)
                .as((key, value) -> key + " : " + value)
                .list()
                .ofMaxSize(3)
                .map(members -> members.stream().collect(Collectors.joining(",", "{", "}")));
    }
}
