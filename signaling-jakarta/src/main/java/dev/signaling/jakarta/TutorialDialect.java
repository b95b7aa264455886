package dev.signaling.jakarta;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Terms;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Optional;
import java.util.Set;

/**
 * The format of the browser tutorial whose client class imitates {@code BroadcastChannel}: two control messages,
 * {@code join-channel} and its answer, and everything else relayed as the very text that was sent. One channel a
 * connection; peers have no names there and hear of nobody's coming or going.
 *
 * <p>PROTOCOL.md, part 1, has its rules.
 */
public final class TutorialDialect implements Dialect {

    /**
     * What a page asks for that would speak this format and shows a token among its subprotocols ({@link
     * Handshake#TOKEN_PREFIX}): browsers give up a connection for which none was agreed upon of those that they asked for.
     */
    public static final String SUBPROTOCOL = "signaling.tutorial";

    /** What only the server says: relayed, it would let one peer speak to another in the server's name. */
    private static final Set<String> RESERVED =
            Set.of("connection-established", "joined-channel", "error", "going-away");

    private final Jsonb jsonb = JsonbBuilder.create();
    private final Optional<String> established = Optional.of(jsonb.toJson(new Bare("connection-established")));
    private final Optional<String> goingAway = Optional.of(jsonb.toJson(new Bare("going-away")));

    /**
     * Finds the JSON-B implementation of the class path.
     *
     * @throws jakarta.json.bind.JsonbException if there is none
     */
    public TutorialDialect() {}

    @Override
    public Terms terms() {
        return Terms.ONE_CHANNEL;
    }

    @Override
    public ClientMessage decode(String text) throws MalformedMessageException {
        Envelope envelope = Envelope.of(text);
        Optional<String> type = envelope.string("type");
        if (type.isEmpty()) {
            throw refused(
                    ErrorCode.UNKNOWN_TYPE,
                    envelope.has("type") ? "the message's type is no string" : "the message has no type");
        }
        if (type.get().equals("join-channel")) {
            return join(text, envelope);
        }
        if (RESERVED.contains(type.get())) {
            throw refused(ErrorCode.UNKNOWN_TYPE, "only the server sends messages of this type");
        }
        return new ClientMessage.Signal(Optional.empty(), Optional.empty(), Payload.ofMessage(text), Optional.empty());
    }

    private ClientMessage join(String text, Envelope envelope) throws MalformedMessageException {
        if (envelope.string("channel").isEmpty()) {
            throw refused(
                    ErrorCode.INVALID_CHANNEL,
                    envelope.has("channel") ? "the channel's name is no string" : "the message names no channel");
        }
        // JSON-B would take a number for a string and the last of two keys: the envelope has ruled that out
        String name = jsonb.fromJson(text, Channel.class).channel();
        Optional<String> fault = ChannelName.fault(name);
        if (fault.isPresent()) {
            throw refused(ErrorCode.INVALID_CHANNEL, fault.get());
        }
        return new ClientMessage.JoinChannel(new ChannelName(name), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty());
    }

    private static MalformedMessageException refused(ErrorCode code, String detail) {
        return new MalformedMessageException(code, detail, Optional.empty());
    }

    /** The one place where the server's messages are told apart. */
    @Override
    public Optional<String> encode(ServerMessage message) {
        if (message instanceof ServerMessage.Signal signal) {
            return relayed(signal.data());
        } else if (message instanceof ServerMessage.ConnectionEstablished) {
            return established;
        } else if (message instanceof ServerMessage.JoinedChannel joined) {
            return Optional.of(
                    jsonb.toJson(new Channel("joined-channel", joined.channel().value())));
        } else if (message instanceof ServerMessage.Failure failure) {
            return Optional.of(jsonb.toJson(new Failure("error", failure.code().code(), failure.detail())));
        } else if (message instanceof ServerMessage.GoingAway) {
            return goingAway;
        }
        // presence, and the answers to requests that this format does not have
        return Optional.empty();
    }

    /**
     * What a peer of this format sent goes out as it came. What one of another format did is a message here only if it could
     * have been one of a peer's: it is read as strictly, since of two types one reader may take the peer's and the next
     * one the server's.
     */
    private static Optional<String> relayed(Payload data) {
        if (data.isMessage()) {
            return Optional.of(data.text());
        }
        try {
            return Envelope.of(data.text())
                    .string("type")
                    .filter(type -> !RESERVED.contains(type))
                    .map(type -> data.text());
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** A message that is nothing but its type. */
    @JsonbPropertyOrder("type")
    public record Bare(String type) {}

    /** A request to join and its answer. */
    @JsonbPropertyOrder({"type", "channel"})
    public record Channel(String type, String channel) {}

    /** A refusal. */
    @JsonbPropertyOrder({"type", "code", "detail"})
    public record Failure(String type, String code, String detail) {}
}
