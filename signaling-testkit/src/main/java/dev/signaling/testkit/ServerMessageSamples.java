package dev.signaling.testkit;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** At least one of everything that the server may say. */
final class ServerMessageSamples {

    private static final PeerId PEER = new PeerId("peer \"1\"");

    private static final Member MEMBER =
            new Member(new PeerId("peer-2"), Role.STREAMER, new Payload("{\"name\": \"Zo\\u00eb\"}"));

    private static final IceConfiguration ICE = new IceConfiguration(
            List.of(
                    IceServer.stun("stun:[2001:db8::1]:3478"),
                    IceServer.turn("1767229200:\"Zo\u00eb\"", "a/b+c=", "turn:turn.example.com?transport=udp")),
            Optional.of(Duration.ofHours(1)));

    /** Those that tell of ICE servers. */
    static final List<ServerMessage> OF_ICE_SERVERS = List.of(
            new ServerMessage.ConnectionEstablished(
                    PEER,
                    Optional.of(new ServerMessage.Resumption("token", false, 0, Optional.empty())),
                    Optional.of(ICE),
                    Optional.empty()),
            new ServerMessage.FreshIceServers(ICE, Optional.of("id \"")),
            new ServerMessage.FreshIceServers(ICE, Optional.empty()));

    static final List<ServerMessage> ALL = Stream.of(
                    OF_ICE_SERVERS.stream(),
                    Stream.of(
                            new ServerMessage.ConnectionEstablished(PEER),
                            new ServerMessage.ConnectionEstablished(
                                    PEER,
                                    Optional.of(new ServerMessage.Resumption("token", true, 7, Optional.empty())),
                                    Optional.of("id")),
                            new ServerMessage.ConnectionEstablished(
                                    PEER,
                                    Optional.of(
                                            new ServerMessage.Resumption("token", false, 0, Optional.of("overflow"))),
                                    Optional.empty()),
                            new ServerMessage.Pong(0, Optional.empty()),
                            new ServerMessage.Pong(9_007_199_254_740_991L, Optional.of("id \"")),
                            new ServerMessage.TokenRefreshed(Optional.empty()),
                            new ServerMessage.TokenRefreshed(Optional.of("id \"")),
                            new ServerMessage.FreshIceServers(IceConfiguration.none(), Optional.empty()),
                            signal(new ChannelName("one")),
                            new ServerMessage.Failure(
                                    ErrorCode.NOT_JOINED, "join a \"channel\" first", Optional.empty()),
                            new ServerMessage.Failure(ErrorCode.RATE_LIMITED, "too many", Optional.of("id \\ 7")),
                            new ServerMessage.GoingAway(Duration.ofMillis(1_500)),
                            new ServerMessage.GoingAway(Duration.ZERO)),
                    in(new ChannelName("one")).stream())
            .flatMap(messages -> messages)
            .toList();

    private ServerMessageSamples() {}

    /** Those that are about a channel and are not just what a peer sent there. */
    static List<ServerMessage> in(ChannelName channel) {
        return List.of(
                new ServerMessage.JoinedChannel(channel, new Member(PEER), List.of(), Optional.empty()),
                new ServerMessage.JoinedChannel(
                        channel,
                        MEMBER,
                        List.of(new Member(PEER), new Member(new PeerId("3"))),
                        Optional.of("id \" 7")),
                new ServerMessage.LeftChannel(channel, Optional.of("id")),
                new ServerMessage.LeftChannel(channel, LeaveReason.REPLACED, Optional.empty()),
                new ServerMessage.PeerJoined(channel, MEMBER),
                new ServerMessage.PeerLeft(channel, PEER, LeaveReason.TIMED_OUT));
    }

    private static ServerMessage signal(ChannelName channel) {
        return new ServerMessage.Signal(channel, PEER, new Payload("{\"type\":\"offer\",\"sdp\":\"v=0\"}"));
    }
}
