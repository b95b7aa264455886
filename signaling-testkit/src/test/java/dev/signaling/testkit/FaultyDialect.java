package dev.signaling.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Terms;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A small dialect, {@code join} and anything else, right but for the one fault planted in it. */
final class FaultyDialect implements Dialect {

    /** What is wrong, and the test of the contract that must notice. */
    enum Fault {
        NONE(""),
        JOIN_GETS_A_ROLE("decodesWhatItsClientsSend"),
        LEAVING_IS_RELAYED("namesWhatIsWrongByItsOwnRules"),
        END_NOT_CHECKED("refusesWhatIsNoJsonObject"),
        TYPE_MAY_BE_A_NUMBER("refusesWhatHasNoType"),
        KEY_MAY_STAND_TWICE("refusesAKeyThatStandsTwiceInTheEnvelope"),
        COMMENTS_ALLOWED("refusesWhatIsNotStrictJsonInsideWhatItCarries"),
        NAME_NOT_CHECKED("refusesWhatCanBeNoChannelsName"),
        NAME_MUST_BE_ASCII("takesEveryNameThatCanBeOne"),
        READ_BY_RECURSION("survivesNestingWithoutEnd"),
        PARSER_SPEAKS_TO_PEER("refusesInWordsFitForAPeer"),
        PARSER_FAILURE_ESCAPES("makesOfAnyTextAMessageOrARefusal"),
        PAYLOAD_WRITTEN_ANEW("carriesAPayloadCharacterByCharacter"),
        PRESENCE_FORGOTTEN("hasWordsOrNoneForEveryServerMessage"),
        PRESENCE_COUNTED_AND_NOT_TOLD("hasWordsForEverythingIfItsClientsCanComeBack"),
        NEW_TOKENS_ASKED_FOR_AND_NOT_READ("hasWordsForANewTokenIfOneCanBeShown"),
        ICE_SERVERS_PROMISED_AND_NOT_TOLD("hasWordsForIceServersIfItSaysSo"),
        MESSAGES_COUNTED("writesTheSameMessageTheSameWay"),
        NAMES_NOT_ESCAPED("writesHostileNamesSoThatTheyAreReadAsTheyWere");

        private final String caughtBy;

        Fault(String caughtBy) {
            this.caughtBy = caughtBy;
        }

        String caughtBy() {
            return caughtBy;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();

    private final Fault fault;
    private final AtomicInteger written = new AtomicInteger();

    FaultyDialect(Fault fault) {
        this.fault = fault;
    }

    @Override
    public Terms terms() {
        return new Terms(
                false,
                fault == Fault.PRESENCE_COUNTED_AND_NOT_TOLD,
                fault == Fault.NEW_TOKENS_ASKED_FOR_AND_NOT_READ,
                fault == Fault.ICE_SERVERS_PROMISED_AND_NOT_TOLD);
    }

    @Override
    public ClientMessage decode(String text) throws MalformedMessageException {
        if (fault == Fault.READ_BY_RECURSION) {
            descend(text, 0);
        }
        Map<String, String> strings;
        try {
            strings = envelope(text);
        } catch (IOException e) {
            if (fault == Fault.PARSER_FAILURE_ESCAPES) {
                throw new IllegalArgumentException(e);
            }
            String detail = fault == Fault.PARSER_SPEAKS_TO_PEER ? e.toString() : "not strict JSON";
            throw refusal(ErrorCode.MALFORMED_MESSAGE, detail);
        }
        String type = strings.getOrDefault("type", "");
        if (type.isEmpty()) {
            throw refusal(ErrorCode.UNKNOWN_TYPE, "the type is missing or no string");
        }
        if (type.equals("left") && fault != Fault.LEAVING_IS_RELAYED) {
            throw refusal(ErrorCode.UNKNOWN_TYPE, "that is the server's to say");
        }
        if (type.equals("join")) {
            return join(strings.getOrDefault("channel", ""));
        }
        return new ClientMessage.Signal(Optional.empty(), Optional.empty(), payload(text), Optional.empty());
    }

    private ClientMessage join(String name) throws MalformedMessageException {
        Optional<String> wrong = ChannelName.fault(name);
        if (fault == Fault.NAME_MUST_BE_ASCII && name.chars().anyMatch(c -> c > 126)) {
            wrong = Optional.of("the name has a character that is not in ASCII");
        }
        if (wrong.isPresent() && fault != Fault.NAME_NOT_CHECKED) {
            throw refusal(ErrorCode.INVALID_CHANNEL, wrong.get());
        }
        return new ClientMessage.JoinChannel(
                new ChannelName(name),
                fault == Fault.JOIN_GETS_A_ROLE ? Role.VIEWER : Role.PEER,
                Payload.EMPTY_OBJECT,
                Optional.empty());
    }

    private Payload payload(String text) {
        return new Payload(fault == Fault.PAYLOAD_WRITTEN_ANEW ? text.replace(" ", "") : text);
    }

    /** The outermost members that are strings; those that are not are skipped, but read. */
    private Map<String, String> envelope(String text) throws IOException {
        Map<String, String> strings = new TreeMap<>();
        Set<String> keys = new HashSet<>();
        try (JsonParser parser = JSON.createParser(text)) {
            parser.configure(JsonParser.Feature.ALLOW_COMMENTS, fault == Fault.COMMENTS_ALLOWED);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                if (!keys.add(key) && fault != Fault.KEY_MAY_STAND_TWICE) {
                    throw new IOException("a key stands twice");
                }
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING
                        || (value == JsonToken.VALUE_NUMBER_INT && fault == Fault.TYPE_MAY_BE_A_NUMBER)) {
                    strings.put(key, parser.getText());
                }
                parser.skipChildren();
            }
            if (!parser.hasToken(JsonToken.END_OBJECT)) {
                throw new IOException("no end");
            }
            if (fault != Fault.END_NOT_CHECKED && parser.nextToken() != null) {
                throw new IOException("something behind the end");
            }
        }
        return strings;
    }

    private static int descend(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) != '[' && text.charAt(end) != '{') {
            end++;
        }
        return end < text.length() ? descend(text, end + 1) + 1 : 0;
    }

    private static MalformedMessageException refusal(ErrorCode code, String detail) {
        return new MalformedMessageException(code, detail, Optional.empty());
    }

    @Override
    public Optional<String> encode(ServerMessage message) {
        if (message instanceof ServerMessage.Signal signal) {
            return Optional.of(signal.data().text());
        } else if (message instanceof ServerMessage.JoinedChannel joined) {
            return Optional.of(control("joined", joined.channel().value()));
        } else if (message instanceof ServerMessage.LeftChannel left) {
            return Optional.of(control("left", left.channel().value()));
        } else if (message instanceof ServerMessage.Failure failure) {
            return Optional.of(control("failed", failure.detail()));
        } else if (message instanceof ServerMessage.PeerJoined && fault == Fault.PRESENCE_FORGOTTEN) {
            throw new IllegalStateException("no words for " + message);
        }
        return Optional.empty();
    }

    private String control(String type, String value) {
        if (fault == Fault.NAMES_NOT_ESCAPED) {
            return "{\"type\":\"" + type + "\",\"value\":\"" + value.replace("\"", "\\\"") + "\"}";
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            json.writeStringField("value", value);
            if (fault == Fault.MESSAGES_COUNTED) {
                json.writeNumberField("number", written.incrementAndGet());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a string writer has failed", e);
        }
        return text.toString();
    }
}
