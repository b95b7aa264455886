package dev.signaling.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the server may say to a client. */
public sealed interface ServerMessage
        permits ServerMessage.ConnectionEstablished,
                ServerMessage.JoinedChannel,
                ServerMessage.LeftChannel,
                ServerMessage.PeerJoined,
                ServerMessage.PeerLeft,
                ServerMessage.Signal,
                ServerMessage.Failure,
                ServerMessage.Pong,
                ServerMessage.TokenRefreshed,
                ServerMessage.FreshIceServers,
                ServerMessage.GoingAway {

    /**
     * The first message of every connection, and the answer to a {@link ClientMessage.Resume} that was understood.
     *
     * @param peer who the client is from now on
     * @param resumption how to come back; empty where the client's format has no words for that
     * @param iceServers by which servers it finds others across networks; empty where the client's format has no words for
     *     that, where the host has none, and while they cannot be had
     * @param id of the request, if this is an answer
     */
    record ConnectionEstablished(
            PeerId peer, Optional<Resumption> resumption, Optional<IceConfiguration> iceServers, Optional<String> id)
            implements ServerMessage {

        /** Without a word of ICE servers. */
        public ConnectionEstablished(PeerId peer, Optional<Resumption> resumption, Optional<String> id) {
            this(peer, resumption, Optional.empty(), id);
        }

        /** To a client that cannot come back. */
        public ConnectionEstablished(PeerId peer) {
            this(peer, Optional.empty(), Optional.empty());
        }
    }

    /**
     * How a peer comes back when its connection is lost, and whether it has.
     *
     * @param token what it has to show; belongs in no log
     * @param resumed true if this is the peer that it was before
     * @param received how many messages of the peer's the server has got since the peer came into being; a {@link
     *     ClientMessage.Ping}, a {@link ClientMessage.Resume} and a {@link ClientMessage.GetIceServers} are not counted
     * @param fault why it is not the peer that it asked to be: a word for programs; empty if it is, or did not ask
     */
    record Resumption(String token, boolean resumed, long received, Optional<String> fault) {

        /** Does not tell the token. */
        @Override
        public String toString() {
            return "Resumption[resumed=" + resumed + ", received=" + received + ", fault=" + fault + "]";
        }
    }

    /**
     * The peer is a member now; it hears everything that happens in the channel after this message.
     *
     * @param channel which one
     * @param member the peer as the others see it
     * @param others the members that were there before, in the order in which they joined
     * @param id of the request
     */
    record JoinedChannel(ChannelName channel, Member member, List<Member> others, Optional<String> id)
            implements ServerMessage {

        /** Takes a copy of the others. */
        public JoinedChannel {
            others = List.copyOf(others);
        }
    }

    /**
     * The peer is a member no longer: the last that it hears of the channel.
     *
     * @param channel which one
     * @param reason why
     * @param id of the request, if the peer asked for it
     */
    record LeftChannel(ChannelName channel, LeaveReason reason, Optional<String> id) implements ServerMessage {

        /** The peer said so. */
        public LeftChannel(ChannelName channel, Optional<String> id) {
            this(channel, LeaveReason.LEFT, id);
        }
    }

    /**
     * Another peer has become a member.
     *
     * @param channel of which channel
     * @param member who
     */
    record PeerJoined(ChannelName channel, Member member) implements ServerMessage {}

    /**
     * Another peer is a member no longer; no signal of its comes after this.
     *
     * @param channel of which channel
     * @param peer who
     * @param reason why
     */
    record PeerLeft(ChannelName channel, PeerId peer, LeaveReason reason) implements ServerMessage {}

    /**
     * Something that another member sent.
     *
     * @param channel where
     * @param from who: the server's word, not the sender's
     * @param data what, as it came
     */
    record Signal(ChannelName channel, PeerId from, Payload data) implements ServerMessage {}

    /**
     * A message of the client was not handled.
     *
     * @param code why, for programs
     * @param detail why, for people: plain words without anything of the server's inside
     * @param id of the message, if it could be read and had one
     */
    record Failure(ErrorCode code, String detail, Optional<String> id) implements ServerMessage {}

    /**
     * The answer to a {@link ClientMessage.Ping}. The client counts it for no {@code received}.
     *
     * @param received how many messages of the peer's the server has got, as in {@link Resumption#received()}; the client
     *     need keep them no longer
     * @param id of the request
     */
    record Pong(long received, Optional<String> id) implements ServerMessage {}

    /**
     * The answer to a {@link ClientMessage.RefreshToken} that was taken: the new token holds from now on.
     *
     * @param id of the request
     */
    record TokenRefreshed(Optional<String> id) implements ServerMessage {}

    /**
     * The ICE servers that hold from now on: the answer to a {@link ClientMessage.GetIceServers}, and what a client is told
     * unasked before the ones that it has end. The client counts it for no {@code received}.
     *
     * @param configuration which; without servers where the host has none
     * @param id of the request, if this is an answer
     */
    record FreshIceServers(IceConfiguration configuration, Optional<String> id) implements ServerMessage {}

    /**
     * The server stops; the connection ends after this.
     *
     * @param retryAfter how long the client does well to wait before it comes back
     */
    record GoingAway(Duration retryAfter) implements ServerMessage {}
}
