package dev.signaling.message;

import java.util.Optional;

/**
 * What a client may say. Each message may carry an {@code id} of the client's choice, which the answer or the error
 * repeats.
 */
public sealed interface ClientMessage
        permits ClientMessage.JoinChannel,
                ClientMessage.LeaveChannel,
                ClientMessage.Signal,
                ClientMessage.Ping,
                ClientMessage.Resume,
                ClientMessage.RefreshToken,
                ClientMessage.GetIceServers {

    /** The id that the client gave this message; empty if it gave none. */
    Optional<String> id();

    /**
     * Asks to become a member of a channel.
     *
     * @param channel which one
     * @param role what the peer wants to be there
     * @param meta what the others shall know of it
     * @param token what lets it in, if the channel asks for one; belongs in no log
     * @param id repeated in the answer
     */
    record JoinChannel(ChannelName channel, Role role, Payload meta, Optional<String> token, Optional<String> id)
            implements ClientMessage {

        /** A request without a token. */
        public JoinChannel(ChannelName channel, Role role, Payload meta, Optional<String> id) {
            this(channel, role, meta, Optional.empty(), id);
        }

        /** Tells whether there is a token, and not which. */
        @Override
        public String toString() {
            return "JoinChannel[channel=" + channel + ", role=" + role + ", meta=" + meta + ", token="
                    + (token.isPresent() ? "given" : "none") + ", id=" + id + "]";
        }
    }

    /**
     * Asks to be a member of a channel no longer.
     *
     * @param channel which one
     * @param id repeated in the answer
     */
    record LeaveChannel(ChannelName channel, Optional<String> id) implements ClientMessage {}

    /**
     * Something for the others in a channel.
     *
     * @param channel which one; empty where the client's format has one channel a connection: then that one is meant
     * @param to the one peer that it is for; empty if it is for all others that the policy lets hear it
     * @param data what to carry
     * @param id repeated in an error; nothing is answered when all went well
     */
    record Signal(Optional<ChannelName> channel, Optional<PeerId> to, Payload data, Optional<String> id)
            implements ClientMessage {}

    /**
     * A sign of life that a page can see answered, and a receipt. It counts for no {@code received}.
     *
     * @param received how many messages of the server's have come, of those that count (see {@link Resume}); the server
     *     need keep them no longer. Empty if the client keeps no count
     * @param id repeated in the answer
     */
    record Ping(Optional<Long> received, Optional<String> id) implements ClientMessage {}

    /**
     * Asks to go on as the peer that lost its connection. The first message of a connection or none; counts for no {@code
     * received}.
     *
     * @param token the one that the lost connection was given last; belongs in no log
     * @param received how many messages of the server's have come since the peer came into being, on whatever
     *     connection. {@code connection-established}, {@code pong}, {@code ice-servers} and {@code going-away} are not counted
     * @param id repeated in the answer
     */
    record Resume(String token, long received, Optional<String> id) implements ClientMessage {

        /** Does not tell the token. */
        @Override
        public String toString() {
            return "Resume[received=" + received + ", id=" + id + "]";
        }
    }

    /**
     * Shows a new token, in place of the one by which the connection was let in.
     *
     * @param token what the host asks for, which is not the token of a {@link Resume}; belongs in no log
     * @param id repeated in the answer
     */
    record RefreshToken(String token, Optional<String> id) implements ClientMessage {

        /** Does not tell the token. */
        @Override
        public String toString() {
            return "RefreshToken[id=" + id + "]";
        }
    }

    /**
     * Asks for fresh ICE servers, such as when a TURN server has refused a credential. It counts for no {@code received}.
     *
     * @param id repeated in the answer
     */
    record GetIceServers(Optional<String> id) implements ClientMessage {}
}
