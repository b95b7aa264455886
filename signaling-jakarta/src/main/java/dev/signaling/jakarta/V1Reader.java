package dev.signaling.jakarta;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.spi.MalformedMessageException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One message of a client's in the format signaling.v1. Fields that its type does not have are not looked at; {@code null}
 * is a value of a wrong type, also where a field may be missing. Whatever is refused, the message's id is repeated.
 */
final class V1Reader {

    static final int LONGEST_ID = 64;
    static final int LONGEST_JOIN_TOKEN = 4_096;
    static final int LONGEST_RESUME_TOKEN = 256;
    static final int LONGEST_REFRESH_TOKEN = 8_192;
    private static final Pattern ROLE = Pattern.compile("[a-z0-9-]{1,32}");

    private final Envelope envelope;
    private final Optional<String> id;

    private V1Reader(Envelope envelope) {
        this.envelope = envelope;
        this.id = envelope.string("id").filter(V1Reader::canBeId);
    }

    /**
     * Reads a message.
     *
     * @throws MalformedMessageException if it is none, or none that a client may send
     */
    static ClientMessage read(String text) throws MalformedMessageException {
        V1Reader reader = new V1Reader(Envelope.of(text));
        return reader.message(reader.type());
    }

    private static boolean canBeId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_ID && JsonString.isWhole(text);
    }

    private String type() throws MalformedMessageException {
        Optional<String> type = envelope.string("type");
        if (type.isEmpty()) {
            throw refused(
                    ErrorCode.UNKNOWN_TYPE,
                    envelope.has("type") ? "the message's type is no string" : "the message has no type");
        }
        return type.get();
    }

    private ClientMessage message(String type) throws MalformedMessageException {
        switch (type) {
            case "signal", "ping", "join-channel", "leave-channel", "refresh-token", "resume", "get-ice-servers" -> {}
            default -> throw refused(ErrorCode.UNKNOWN_TYPE, "no message of this type comes from a client");
        }
        if (id.isEmpty() && envelope.has("id")) {
            throw invalid("id", "a string of 1 to " + LONGEST_ID + " characters");
        }
        return switch (type) {
            case "signal" -> new ClientMessage.Signal(Optional.of(channel()), to(), data(), id);
            case "ping" -> new ClientMessage.Ping(received(), id);
            case "join-channel" ->
                new ClientMessage.JoinChannel(channel(), role(), meta(), string("token", LONGEST_JOIN_TOKEN), id);
            case "leave-channel" -> new ClientMessage.LeaveChannel(channel(), id);
            case "refresh-token" ->
                new ClientMessage.RefreshToken(
                        string("token", LONGEST_REFRESH_TOKEN).orElseThrow(() -> missing("token")), id);
            case "get-ice-servers" -> new ClientMessage.GetIceServers(id);
            default -> resume();
        };
    }

    private ClientMessage resume() throws MalformedMessageException {
        Optional<String> token = string("token", LONGEST_RESUME_TOKEN);
        Optional<Long> received = received();
        return new ClientMessage.Resume(
                token.orElseThrow(() -> missing("token")), received.orElseThrow(() -> missing("received")), id);
    }

    private ChannelName channel() throws MalformedMessageException {
        Optional<String> name = envelope.string("channel");
        if (name.isEmpty()) {
            throw refused(
                    ErrorCode.INVALID_CHANNEL,
                    envelope.has("channel") ? "the channel's name is no string" : "the message names no channel");
        }
        Optional<String> fault = ChannelName.fault(name.get());
        if (fault.isPresent()) {
            throw refused(ErrorCode.INVALID_CHANNEL, fault.get());
        }
        return new ChannelName(name.get());
    }

    private Role role() throws MalformedMessageException {
        Optional<String> role =
                envelope.string("role").filter(text -> ROLE.matcher(text).matches());
        if (role.isEmpty() && envelope.has("role")) {
            throw invalid("role", "a string of 1 to 32 characters of a to z, 0 to 9 and -");
        }
        return role.map(Role::new).orElse(Role.PEER);
    }

    private Payload meta() throws MalformedMessageException {
        Optional<String> meta = envelope.object("meta");
        if (meta.isEmpty() && envelope.has("meta")) {
            throw invalid("meta", "an object");
        }
        return meta.map(Payload::new).orElse(Payload.EMPTY_OBJECT);
    }

    private Optional<PeerId> to() throws MalformedMessageException {
        Optional<String> to = string("to", PeerId.LONGEST);
        try {
            return to.map(PeerId::new);
        } catch (IllegalArgumentException e) {
            throw invalid("to", "a peer's id");
        }
    }

    private Payload data() throws MalformedMessageException {
        return new Payload(envelope.raw("data").orElseThrow(() -> missing("data")));
    }

    private Optional<Long> received() throws MalformedMessageException {
        OptionalLong received = envelope.count("received");
        if (received.isEmpty() && envelope.has("received")) {
            throw invalid("received", "an integer of 0 to 2^53 - 1");
        }
        return received.isPresent() ? Optional.of(received.getAsLong()) : Optional.empty();
    }

    private Optional<String> string(String field, int longest) throws MalformedMessageException {
        Optional<String> value = envelope.string(field).filter(text -> !text.isEmpty() && text.length() <= longest);
        if (value.isEmpty() && envelope.has(field)) {
            throw invalid(field, "a string of 1 to " + longest + " characters");
        }
        return value;
    }

    private MalformedMessageException missing(String field) {
        return refused(ErrorCode.INVALID_FIELD, "the message has no " + field);
    }

    private MalformedMessageException invalid(String field, String form) {
        return refused(ErrorCode.INVALID_FIELD, field + " is not " + form);
    }

    private MalformedMessageException refused(ErrorCode code, String detail) {
        return new MalformedMessageException(code, detail, id);
    }
}
