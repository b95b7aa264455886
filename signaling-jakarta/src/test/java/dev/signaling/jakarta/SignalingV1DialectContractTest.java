package dev.signaling.jakarta;

import dev.signaling.Limits;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.spi.Dialect;
import dev.signaling.testkit.DialectContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class SignalingV1DialectContractTest implements DialectContract {

    private static final Optional<String> ID = Optional.of("7");
    private static final ChannelName ONE = new ChannelName("one");

    private final SignalingV1Dialect dialect = new SignalingV1Dialect(Limits.defaults());

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Map<String, ClientMessage> wellFormed() {
        Map<String, ClientMessage> messages = new HashMap<>();
        messages.put(
                "{\"type\":\"join-channel\",\"channel\":\"one\"}",
                new ClientMessage.JoinChannel(ONE, Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()));
        messages.put(
                "{\"type\":\"join-channel\",\"channel\":\"one\",\"role\":\"viewer\",\"meta\":{ \"a\":1 },\"token\":\"t\",\"id\":\"7\"}",
                new ClientMessage.JoinChannel(ONE, Role.VIEWER, new Payload("{ \"a\":1 }"), Optional.of("t"), ID));
        messages.put(
                "{\"type\":\"leave-channel\",\"channel\":\"one\",\"id\":\"7\"}",
                new ClientMessage.LeaveChannel(ONE, ID));
        messages.put(
                "{\"type\":\"signal\",\"channel\":\"one\",\"to\":\"p\",\"data\":[ 1.0 ]}",
                new ClientMessage.Signal(
                        Optional.of(ONE), Optional.of(new PeerId("p")), new Payload("[ 1.0 ]"), Optional.empty()));
        messages.put("{\"type\":\"ping\"}", new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        messages.put(
                "{\"type\":\"ping\",\"received\":9007199254740991,\"id\":\"7\"}",
                new ClientMessage.Ping(Optional.of((1L << 53) - 1), ID));
        messages.put(
                "{\"type\":\"resume\",\"token\":\"t\",\"received\":0}",
                new ClientMessage.Resume("t", 0, Optional.empty()));
        messages.put(
                "{\"type\":\"refresh-token\",\"token\":\"t\",\"id\":\"7\"}", new ClientMessage.RefreshToken("t", ID));
        messages.put("{\"type\":\"get-ice-servers\",\"id\":\"7\"}", new ClientMessage.GetIceServers(ID));
        messages.put("{\"type\":\"get-ice-servers\"}", new ClientMessage.GetIceServers(Optional.empty()));
        return messages;
    }

    @Override
    public Map<String, ErrorCode> malformed() {
        return Map.of(
                "{\"type\":\"join-channel\"}", ErrorCode.INVALID_CHANNEL,
                "{\"type\":\"signal\",\"channel\":\"one\"}", ErrorCode.INVALID_FIELD,
                "{\"type\":\"resume\",\"token\":\"t\"}", ErrorCode.INVALID_FIELD,
                "{\"type\":\"offer\"}", ErrorCode.UNKNOWN_TYPE,
                "{\"type\":\"peer-joined\"}", ErrorCode.UNKNOWN_TYPE);
    }

    @Override
    public String joinText(String channelValue) {
        return "{\"type\":\"join-channel\",\"channel\":" + channelValue + "}";
    }

    @Override
    public String signalText(String value) {
        return "{\"type\":\"signal\",\"channel\":\"one\",\"data\":" + value + "}";
    }
}
