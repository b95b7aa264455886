package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.jakarta.ReferenceJson.Value;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What holds for any text: whoever takes it or refuses it does so by the rules, and what is taken can be written again. */
final class DialectChecks {

    private static final TutorialDialect TUTORIAL = new TutorialDialect();
    private static final SignalingV1Dialect V1 = new SignalingV1Dialect(Limits.defaults());
    private static final PeerId SENDER = new PeerId("sender");

    private DialectChecks() {}

    static void tutorial(String text) {
        Optional<ErrorCode> fault = ReferenceRules.tutorial(text);
        Optional<ClientMessage> message =
                decoded(TUTORIAL, text, fault.map(Set::of).orElse(Set.of()));
        message.ifPresent(taken -> {
            if (taken instanceof ClientMessage.JoinChannel join) {
                assertEquals(Optional.of(join.channel().value()), string(read(text), "channel"));
                written(TUTORIAL, joined(join));
            } else {
                ClientMessage.Signal signal = (ClientMessage.Signal) taken;
                assertEquals(text, signal.data().text());
                assertEquals(Optional.of(text), relayed(TUTORIAL, new ChannelName("a"), signal.data()));
                assertData(new ChannelName("a"), signal.data());
            }
        });
    }

    static void v1(String text) {
        Optional<ClientMessage> message = decoded(V1, text, ReferenceRules.v1(text));
        message.ifPresent(taken -> {
            Map<String, Value> fields = read(text);
            assertEquals(ReferenceRules.id(fields), taken.id());
            if (taken instanceof ClientMessage.Signal signal) {
                String data = signal.data().text();
                assertTrue(text.contains(data), () -> data + " is not in " + text);
                assertEquals(fields.get("data"), ReferenceJson.value(data));
                assertEquals(data.strip(), data);
                assertData(signal.channel().orElseThrow(), signal.data());
            } else if (taken instanceof ClientMessage.JoinChannel join) {
                assertTrue(
                        !fields.containsKey("meta") || text.contains(join.meta().text()));
                Map<String, Value> answer = written(V1, joined(join));
                assertEquals(ReferenceJson.value(join.meta().text()), answer.get("meta"));
                assertEquals(fields.get("channel"), answer.get("channel"));
                assertEquals(fields.get("id"), answer.get("id"));
            } else if (taken instanceof ClientMessage.Ping ping) {
                assertEquals(
                        fields.get("id"),
                        written(V1, new ServerMessage.Pong(7, ping.id())).get("id"));
            } else if (taken instanceof ClientMessage.GetIceServers request) {
                ServerMessage answer = new ServerMessage.FreshIceServers(IceConfiguration.none(), request.id());
                assertEquals(fields.get("id"), written(V1, answer).get("id"));
            }
        });
    }

    /** Decodes; a text that is at fault has to be refused for one of its faults. */
    private static Optional<ClientMessage> decoded(Dialect dialect, String text, Set<ErrorCode> faults) {
        try {
            ClientMessage message = dialect.decode(text);
            assertEquals(Set.of(), faults, () -> "taken: " + text);
            return Optional.of(message);
        } catch (MalformedMessageException e) {
            assertTrue(faults.contains(e.code()), () -> e.code() + " and not one of " + faults + ": " + text);
            assertFalse(e.detail().isEmpty());
            assertTrue(e.detail().chars().noneMatch(Character::isISOControl), e.detail());
            ServerMessage.Failure failure = new ServerMessage.Failure(e.code(), e.detail(), e.id());
            written(dialect, failure);
            return Optional.empty();
        }
    }

    /** What is relayed arrives as the text that it is, and in the tutorial's format only what could be one of its messages. */
    private static void assertData(ChannelName channel, Payload data) {
        String out = relayed(V1, channel, data).orElseThrow();
        Map<String, Value> signal = written(V1, new ServerMessage.Signal(channel, SENDER, data));
        assertEquals(Optional.of("signal"), string(signal, "type"));
        assertEquals(Optional.of(channel.value()), string(signal, "channel"));
        assertEquals(Optional.of("sender"), string(signal, "from"));
        assertEquals(ReferenceJson.value(data.text()), signal.get("data"));
        assertTrue(out.contains(data.text()));
        boolean isOne = ReferenceJson.object(data.text())
                .flatMap(fields -> Optional.ofNullable(fields.get("type")))
                .flatMap(Value::string)
                .filter(type -> !ReferenceRules.isTheServers(type))
                .isPresent();
        assertEquals(
                isOne ? Optional.of(data.text()) : Optional.empty(),
                relayed(TUTORIAL, channel, new Payload(data.text())));
    }

    private static ServerMessage joined(ClientMessage.JoinChannel join) {
        Member member = new Member(SENDER, join.role(), join.meta());
        return new ServerMessage.JoinedChannel(join.channel(), member, List.of(member), join.id());
    }

    private static Optional<String> relayed(Dialect dialect, ChannelName channel, Payload data) {
        return dialect.encode(new ServerMessage.Signal(channel, SENDER, data));
    }

    private static Map<String, Value> written(Dialect dialect, ServerMessage message) {
        return deep(dialect.encode(message).orElseThrow());
    }

    private static Optional<String> string(Map<String, Value> fields, String key) {
        return Optional.ofNullable(fields.get(key)).flatMap(Value::string);
    }

    private static Map<String, Value> read(String text) {
        return ReferenceJson.object(text).orElseThrow();
    }

    /** A message of the server's: it is one level deeper than what it carries. */
    private static Map<String, Value> deep(String text) {
        return ReferenceJson.written(text).orElseThrow(() -> new AssertionError("no JSON object: " + text));
    }
}
