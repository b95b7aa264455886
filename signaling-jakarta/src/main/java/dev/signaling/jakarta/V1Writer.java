package dev.signaling.jakarta;

import dev.signaling.Limits;
import dev.signaling.message.Member;
import dev.signaling.message.ServerMessage;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Writes what the server says in the format signaling.v1. A message that carries a text of a peer's is built around that
 * text; the others are records that JSON-B writes.
 */
final class V1Writer {

    /** How often a page asks with a ping whether the server is there still. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** So much of a message is not the payload, mostly. */
    private static final int ENVELOPE = 160;

    private final Jsonb jsonb = JsonbBuilder.create();
    private final long grace;
    private final Bounds bounds;

    V1Writer(Limits limits) {
        grace = limits.resumeGrace().toMillis();
        bounds = new Bounds(
                limits.messageCharacters(),
                limits.messagesPerSecond(),
                limits.charactersPerSecond(),
                limits.channelsPerConnection(),
                limits.peersPerChannel(),
                limits.nameCharacters(),
                limits.metadataCharacters());
    }

    /** The one place where the server's messages are told apart. */
    String write(ServerMessage message) {
        if (message instanceof ServerMessage.Signal signal) {
            return signal(signal);
        } else if (message instanceof ServerMessage.PeerJoined joined) {
            StringBuilder out = begin("peer-joined", joined.channel().value(), ENVELOPE);
            return member(out.append(','), joined.member()).append('}').toString();
        } else if (message instanceof ServerMessage.JoinedChannel joined) {
            return joined(joined);
        }
        return jsonb.toJson(record(message));
    }

    private Record record(ServerMessage message) {
        if (message instanceof ServerMessage.PeerLeft left) {
            return new PeerLeft(
                    "peer-left",
                    left.channel().value(),
                    left.peer().value(),
                    left.reason().code());
        } else if (message instanceof ServerMessage.Pong pong) {
            return new Pong("pong", pong.received(), pong.id());
        } else if (message instanceof ServerMessage.TokenRefreshed refreshed) {
            return new TokenRefreshed("token-refreshed", refreshed.id());
        } else if (message instanceof ServerMessage.Failure failure) {
            return new Failure("error", failure.code().code(), failure.detail(), failure.id());
        } else if (message instanceof ServerMessage.LeftChannel left) {
            return new LeftChannel(
                    "left-channel", left.channel().value(), left.reason().code(), left.id());
        } else if (message instanceof ServerMessage.ConnectionEstablished established) {
            return established(established);
        } else if (message instanceof ServerMessage.FreshIceServers fresh) {
            IceServersJson.Body body = IceServersJson.of(fresh.configuration());
            return new IceServers("ice-servers", body.iceServers(), body.ttl(), fresh.id());
        } else if (message instanceof ServerMessage.GoingAway away) {
            return new GoingAway("going-away", "shutdown", away.retryAfter().toMillis());
        }
        throw new IllegalArgumentException("no words for " + message.getClass());
    }

    private Established established(ServerMessage.ConnectionEstablished message) {
        Optional<ServerMessage.Resumption> resumption = message.resumption();
        Optional<IceServersJson.Body> iceServers = message.iceServers().map(IceServersJson::of);
        return new Established(
                "connection-established",
                message.peer().value(),
                resumption.map(ServerMessage.Resumption::token),
                resumption.map(ServerMessage.Resumption::resumed),
                resumption.map(ServerMessage.Resumption::received),
                HEARTBEAT.toMillis(),
                grace,
                bounds,
                iceServers.map(IceServersJson.Body::iceServers),
                iceServers.flatMap(IceServersJson.Body::ttl),
                resumption.flatMap(ServerMessage.Resumption::fault),
                message.id());
    }

    private static String signal(ServerMessage.Signal signal) {
        String data = signal.data().text();
        StringBuilder out = begin("signal", signal.channel().value(), ENVELOPE + data.length());
        JsonString.append(out.append(",\"from\":"), signal.from().value());
        return out.append(",\"data\":").append(data).append('}').toString();
    }

    private static String joined(ServerMessage.JoinedChannel joined) {
        int size = ENVELOPE * (2 + joined.others().size());
        StringBuilder out = begin("joined-channel", joined.channel().value(), size);
        member(out.append(','), joined.member()).append(",\"peers\":[");
        String separator = "{";
        for (Member other : joined.others()) {
            member(out.append(separator), other).append('}');
            separator = ",{";
        }
        out.append(']');
        joined.id().ifPresent(id -> JsonString.append(out.append(",\"id\":"), id));
        return out.append('}').toString();
    }

    private static StringBuilder begin(String type, String channel, int size) {
        StringBuilder out = new StringBuilder(size).append("{\"type\":\"").append(type);
        return JsonString.append(out.append("\",\"channel\":"), channel);
    }

    private static StringBuilder member(StringBuilder out, Member member) {
        JsonString.append(out.append("\"peer\":"), member.peer().value());
        JsonString.append(out.append(",\"role\":"), member.role().value());
        return out.append(",\"meta\":").append(member.meta().text());
    }

    /** The first message, and the answer to a resume. */
    @JsonbPropertyOrder({
        "type",
        "peer",
        "resume",
        "resumed",
        "received",
        "heartbeat",
        "grace",
        "limits",
        "iceServers",
        "ttl",
        "reason",
        "id"
    })
    public record Established(
            String type,
            String peer,
            Optional<String> resume,
            Optional<Boolean> resumed,
            Optional<Long> received,
            long heartbeat,
            long grace,
            Bounds limits,
            Optional<List<IceServersJson.Entry>> iceServers,
            Optional<Long> ttl,
            Optional<String> reason,
            Optional<String> id) {}

    /** What a client has to keep to. */
    @JsonbPropertyOrder({
        "messageCharacters",
        "messagesPerSecond",
        "charactersPerSecond",
        "channels",
        "peersPerChannel",
        "channelNameCharacters",
        "metadataCharacters"
    })
    public record Bounds(
            int messageCharacters,
            int messagesPerSecond,
            int charactersPerSecond,
            int channels,
            int peersPerChannel,
            int channelNameCharacters,
            int metadataCharacters) {}

    /** The end of a membership, to its peer. */
    @JsonbPropertyOrder({"type", "channel", "reason", "id"})
    public record LeftChannel(String type, String channel, String reason, Optional<String> id) {}

    /** The end of a membership, to the others. */
    @JsonbPropertyOrder({"type", "channel", "peer", "reason"})
    public record PeerLeft(String type, String channel, String peer, String reason) {}

    /** The answer to a ping. */
    @JsonbPropertyOrder({"type", "received", "id"})
    public record Pong(String type, long received, Optional<String> id) {}

    /** A new token was taken. */
    @JsonbPropertyOrder({"type", "id"})
    public record TokenRefreshed(String type, Optional<String> id) {}

    /** The ICE servers that hold from now on. */
    @JsonbPropertyOrder({"type", "iceServers", "ttl", "id"})
    public record IceServers(
            String type, List<IceServersJson.Entry> iceServers, Optional<Long> ttl, Optional<String> id) {}

    /** The server stops. */
    @JsonbPropertyOrder({"type", "reason", "retryAfter"})
    public record GoingAway(String type, String reason, long retryAfter) {}

    /** A refusal. */
    @JsonbPropertyOrder({"type", "code", "detail", "id"})
    public record Failure(String type, String code, String detail, Optional<String> id) {}
}
