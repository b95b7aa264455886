package dev.signaling.jakarta;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.spi.Dialect;
import dev.signaling.testkit.DialectContract;
import java.util.Map;
import java.util.Optional;

class TutorialDialectContractTest implements DialectContract {

    private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\"}";

    private final TutorialDialect dialect = new TutorialDialect();

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Map<String, ClientMessage> wellFormed() {
        return Map.of(
                "{\"type\":\"join-channel\",\"channel\":\"stream-video\"}",
                new ClientMessage.JoinChannel(
                        new ChannelName("stream-video"), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()),
                OFFER,
                new ClientMessage.Signal(Optional.empty(), Optional.empty(), new Payload(OFFER), Optional.empty()));
    }

    @Override
    public Map<String, ErrorCode> malformed() {
        return Map.of(
                "{\"type\":\"join-channel\"}",
                ErrorCode.INVALID_CHANNEL,
                "{\"type\":\"connection-established\"}",
                ErrorCode.UNKNOWN_TYPE,
                "{\"type\":\"joined-channel\",\"channel\":\"stream-video\"}",
                ErrorCode.UNKNOWN_TYPE,
                "{\"type\":\"error\"}",
                ErrorCode.UNKNOWN_TYPE,
                "{\"type\":\"going-away\"}",
                ErrorCode.UNKNOWN_TYPE);
    }

    @Override
    public String joinText(String channelValue) {
        return "{\"type\":\"join-channel\",\"channel\":" + channelValue + "}";
    }

    @Override
    public String signalText(String value) {
        return "{\"type\":\"offer\",\"sdp\":" + value + "}";
    }
}
