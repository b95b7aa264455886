package dev.signaling;

import dev.signaling.message.ChannelName;
import java.time.Duration;
import java.util.Locale;

/**
 * How much of everything a peer may have. Nothing in the library is without a bound; these are the bounds that a host can
 * set. Over a limit a peer gets an {@code error} with its code; who goes on regardless, or reads too slowly, is closed.
 *
 * @param messageCharacters the longest text of one message, in characters (UTF-16 units)
 * @param messagesPerSecond how many messages a second a connection may send in the long run, at most 1,000,000
 * @param messageBurst how many it may send at once after a while of silence. As many may wait for the store's answer to
 *     an earlier one; a connection that has as many refused before it calms down is closed
 * @param charactersPerSecond how many characters of messages a second a connection may send in the long run, at most
 *     1,000,000,000: what it sends to a channel each of its members has to take
 * @param characterBurst how many it may send at once after a while of silence, at least as many as one message may have. A
 *     connection that has as many refused before it calms down is closed
 * @param joinsPerSecond how many times a second a peer may ask to join a channel in the long run, at most 1,000,000: each
 *     join, and the leave that follows it, is told to every other member
 * @param joinBurst how many times it may ask at once after a while of silence. A peer that has as many refused before it
 *     calms down is closed
 * @param waitingCharacters how many characters of one connection may wait for the store's answer to an earlier message,
 *     before the last message that waits
 * @param channelsPerConnection how many channels a connection may be in
 * @param peersPerChannel how many members a channel may have
 * @param nameCharacters the longest name of a channel, in characters, at most {@value ChannelName#LONGEST}
 * @param metadataCharacters the longest metadata of a member, in characters
 * @param outboxMessages how many messages may wait to be sent to one peer, or be kept for one that lost its
 *     connection
 * @param outboxCharacters how many characters may wait to be sent to one peer, behind the message that is next; or be
 *     kept for one that lost its connection
 * @param connections how many connections the hub may have; as many peers that lost theirs may be waited for besides
 * @param connectionsPerAddress how many of them may come from one address, as far as whoever carries the hub over a
 *     transport knows that; of IPv6 from one network of 64 bits, which is what a single customer is given. As
 *     many that were lost are waited for besides
 * @param iceRequestsPerSecond how many times a second one peer may ask for ICE servers in the long run, at most 1,000,000; and
 *     as many times somebody may ask over plain HTTP from one address, as far as whoever carries the hub over a transport
 *     knows that; of IPv6 as above
 * @param iceRequestBurst how many times at once after a while of silence
 * @param joinDeadline how long a connection may be in no channel before it has joined its first
 * @param resumeGrace how long a peer that lost its connection is waited for, where its format has a way back
 * @param tokenGrace how long a peer whose token has ended may take to show another one, where its format has words for that
 */
public record Limits(
        int messageCharacters,
        int messagesPerSecond,
        int messageBurst,
        int charactersPerSecond,
        int characterBurst,
        int joinsPerSecond,
        int joinBurst,
        int waitingCharacters,
        int channelsPerConnection,
        int peersPerChannel,
        int nameCharacters,
        int metadataCharacters,
        int outboxMessages,
        int outboxCharacters,
        int connections,
        int connectionsPerAddress,
        int iceRequestsPerSecond,
        int iceRequestBurst,
        Duration joinDeadline,
        Duration resumeGrace,
        Duration tokenGrace) {

    private static final Limits DEFAULTS = new Limits(
            65_536,
            200,
            1_000,
            1 << 20,
            1 << 22,
            5,
            50,
            1 << 21,
            16,
            1_000,
            128,
            2_048,
            2_048,
            1 << 20,
            50_000,
            5_000,
            10,
            500,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive, over its own bound, or if an outbox or a burst could not
     *     take even one message of the greatest length
     */
    public Limits {
        requirePositive("messageCharacters", messageCharacters);
        requirePositive("messagesPerSecond", messagesPerSecond);
        requirePositive("messageBurst", messageBurst);
        requirePositive("charactersPerSecond", charactersPerSecond);
        requirePositive("characterBurst", characterBurst);
        requirePositive("joinsPerSecond", joinsPerSecond);
        requirePositive("joinBurst", joinBurst);
        requirePositive("waitingCharacters", waitingCharacters);
        requirePositive("channelsPerConnection", channelsPerConnection);
        requirePositive("peersPerChannel", peersPerChannel);
        requirePositive("nameCharacters", nameCharacters);
        requirePositive("metadataCharacters", metadataCharacters);
        requirePositive("outboxMessages", outboxMessages);
        requirePositive("outboxCharacters", outboxCharacters);
        requirePositive("connections", connections);
        requirePositive("connectionsPerAddress", connectionsPerAddress);
        requirePositive("iceRequestsPerSecond", iceRequestsPerSecond);
        requirePositive("iceRequestBurst", iceRequestBurst);
        requireRate("messagesPerSecond", messagesPerSecond, 1_000_000);
        requireRate("charactersPerSecond", charactersPerSecond, 1_000_000_000);
        requireRate("joinsPerSecond", joinsPerSecond, 1_000_000);
        requireRate("iceRequestsPerSecond", iceRequestsPerSecond, 1_000_000);
        if (nameCharacters > ChannelName.LONGEST) {
            throw new IllegalArgumentException("nameCharacters is over " + ChannelName.LONGEST + ": " + nameCharacters);
        }
        requireAMessage("characterBurst", characterBurst, messageCharacters);
        requireAMessage("outboxCharacters", outboxCharacters, messageCharacters);
        requireCountable("joinDeadline", joinDeadline);
        requireCountable("resumeGrace", resumeGrace);
        requireCountable("tokenGrace", tokenGrace);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
    }

    private static void requireRate(String name, int value, int most) {
        if (value > most) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%s is over %,d: %d", name, most, value));
        }
    }

    private static void requireAMessage(String name, int value, int messageCharacters) {
        if (value < messageCharacters) {
            throw new IllegalArgumentException(name + " is under messageCharacters: " + value);
        }
    }

    private static void requireCountable(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
        if (value.compareTo(Duration.ofMillis(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(name + " is over what milliseconds can count: " + value);
        }
    }

    /**
     * Limits that browsers do not notice and floods do: 65,536 characters a message, 200 messages a second in bursts of
     * 1,000, 1,048,576 characters a second in bursts of 4,194,304, 5 joins a second in bursts of 50, 2,097,152 characters
     * waiting, 16 channels, 1,000 peers a channel, names of 128 and metadata of 2,048 characters, an outbox of 2,048
     * messages and 1,048,576 characters, 50,000 connections, 5,000 of them from one address, 10 questions a second for ICE
     * servers from one address in bursts of 500, 30 s to join, 30 s to come back and 30 s to renew a token.
     */
    public static Limits defaults() {
        return DEFAULTS;
    }

    /** Starts from the {@linkplain #defaults() defaults}. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** Starts from these limits. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects limits; each that is not set stays what it was. Not for use by several threads. */
    public static final class Builder {

        private int messageCharacters;
        private int messagesPerSecond;
        private int messageBurst;
        private int charactersPerSecond;
        private int characterBurst;
        private int joinsPerSecond;
        private int joinBurst;
        private int waitingCharacters;
        private int channelsPerConnection;
        private int peersPerChannel;
        private int nameCharacters;
        private int metadataCharacters;
        private int outboxMessages;
        private int outboxCharacters;
        private int connections;
        private int connectionsPerAddress;
        private int iceRequestsPerSecond;
        private int iceRequestBurst;
        private Duration joinDeadline;
        private Duration resumeGrace;
        private Duration tokenGrace;

        private Builder(Limits limits) {
            messageCharacters = limits.messageCharacters;
            messagesPerSecond = limits.messagesPerSecond;
            messageBurst = limits.messageBurst;
            charactersPerSecond = limits.charactersPerSecond;
            characterBurst = limits.characterBurst;
            joinsPerSecond = limits.joinsPerSecond;
            joinBurst = limits.joinBurst;
            waitingCharacters = limits.waitingCharacters;
            channelsPerConnection = limits.channelsPerConnection;
            peersPerChannel = limits.peersPerChannel;
            nameCharacters = limits.nameCharacters;
            metadataCharacters = limits.metadataCharacters;
            outboxMessages = limits.outboxMessages;
            outboxCharacters = limits.outboxCharacters;
            connections = limits.connections;
            connectionsPerAddress = limits.connectionsPerAddress;
            iceRequestsPerSecond = limits.iceRequestsPerSecond;
            iceRequestBurst = limits.iceRequestBurst;
            joinDeadline = limits.joinDeadline;
            resumeGrace = limits.resumeGrace;
            tokenGrace = limits.tokenGrace;
        }

        /** Sets {@link Limits#messageCharacters()}. */
        public Builder messageCharacters(int value) {
            messageCharacters = value;
            return this;
        }

        /** Sets {@link Limits#messagesPerSecond()}. */
        public Builder messagesPerSecond(int value) {
            messagesPerSecond = value;
            return this;
        }

        /** Sets {@link Limits#messageBurst()}. */
        public Builder messageBurst(int value) {
            messageBurst = value;
            return this;
        }

        /** Sets {@link Limits#charactersPerSecond()}. */
        public Builder charactersPerSecond(int value) {
            charactersPerSecond = value;
            return this;
        }

        /** Sets {@link Limits#characterBurst()}. */
        public Builder characterBurst(int value) {
            characterBurst = value;
            return this;
        }

        /** Sets {@link Limits#joinsPerSecond()}. */
        public Builder joinsPerSecond(int value) {
            joinsPerSecond = value;
            return this;
        }

        /** Sets {@link Limits#joinBurst()}. */
        public Builder joinBurst(int value) {
            joinBurst = value;
            return this;
        }

        /** Sets {@link Limits#waitingCharacters()}. */
        public Builder waitingCharacters(int value) {
            waitingCharacters = value;
            return this;
        }

        /** Sets {@link Limits#channelsPerConnection()}. */
        public Builder channelsPerConnection(int value) {
            channelsPerConnection = value;
            return this;
        }

        /** Sets {@link Limits#peersPerChannel()}. */
        public Builder peersPerChannel(int value) {
            peersPerChannel = value;
            return this;
        }

        /** Sets {@link Limits#nameCharacters()}. */
        public Builder nameCharacters(int value) {
            nameCharacters = value;
            return this;
        }

        /** Sets {@link Limits#metadataCharacters()}. */
        public Builder metadataCharacters(int value) {
            metadataCharacters = value;
            return this;
        }

        /** Sets {@link Limits#outboxMessages()}. */
        public Builder outboxMessages(int value) {
            outboxMessages = value;
            return this;
        }

        /** Sets {@link Limits#outboxCharacters()}. */
        public Builder outboxCharacters(int value) {
            outboxCharacters = value;
            return this;
        }

        /** Sets {@link Limits#connections()}. */
        public Builder connections(int value) {
            connections = value;
            return this;
        }

        /** Sets {@link Limits#connectionsPerAddress()}. */
        public Builder connectionsPerAddress(int value) {
            connectionsPerAddress = value;
            return this;
        }

        /** Sets {@link Limits#iceRequestsPerSecond()}. */
        public Builder iceRequestsPerSecond(int value) {
            iceRequestsPerSecond = value;
            return this;
        }

        /** Sets {@link Limits#iceRequestBurst()}. */
        public Builder iceRequestBurst(int value) {
            iceRequestBurst = value;
            return this;
        }

        /** Sets {@link Limits#joinDeadline()}. */
        public Builder joinDeadline(Duration value) {
            joinDeadline = value;
            return this;
        }

        /** Sets {@link Limits#resumeGrace()}. */
        public Builder resumeGrace(Duration value) {
            resumeGrace = value;
            return this;
        }

        /** Sets {@link Limits#tokenGrace()}. */
        public Builder tokenGrace(Duration value) {
            tokenGrace = value;
            return this;
        }

        /**
         * Makes the limits.
         *
         * @throws IllegalArgumentException if they do not fit, each by itself or together: see {@link Limits}
         */
        public Limits build() {
            return new Limits(
                    messageCharacters,
                    messagesPerSecond,
                    messageBurst,
                    charactersPerSecond,
                    characterBurst,
                    joinsPerSecond,
                    joinBurst,
                    waitingCharacters,
                    channelsPerConnection,
                    peersPerChannel,
                    nameCharacters,
                    metadataCharacters,
                    outboxMessages,
                    outboxCharacters,
                    connections,
                    connectionsPerAddress,
                    iceRequestsPerSecond,
                    iceRequestBurst,
                    joinDeadline,
                    resumeGrace,
                    tokenGrace);
        }
    }
}
