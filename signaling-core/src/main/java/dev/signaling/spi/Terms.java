package dev.signaling.spi;

/**
 * What a format has words for: how its clients are treated.
 *
 * @param severalChannels whether a connection may be in as many channels as {@link
 *     dev.signaling.Limits#channelsPerConnection()} allows; if not, joining another leaves the first
 * @param resumable whether a peer that lost its connection can come back over another one and miss nothing. The format
 *     then has words for every server message, since both sides count them
 * @param renewable whether a peer can show a new token while it is connected ({@link
 *     dev.signaling.message.ClientMessage.RefreshToken}); if not, its connection ends with the token that it began with
 * @param iceServers whether a peer can be told of ICE servers: with its first message, when it asks ({@link
 *     dev.signaling.message.ClientMessage.GetIceServers}), and before the ones that it has end
 */
public record Terms(boolean severalChannels, boolean resumable, boolean renewable, boolean iceServers) {

    /** One channel a connection, and what is lost is lost. */
    public static final Terms ONE_CHANNEL = new Terms(false, false);

    /** Several channels a connection, and what is lost is lost. */
    public static final Terms MANY_CHANNELS = new Terms(true, false);

    /** Several channels a connection, a way back, tokens that can be renewed, and ICE servers. */
    public static final Terms RESUMABLE = new Terms(true, true, true, true);

    /** Of a format that has no words for ICE servers. */
    public Terms(boolean severalChannels, boolean resumable, boolean renewable) {
        this(severalChannels, resumable, renewable, false);
    }

    /** Of a format that has no words for a new token either. */
    public Terms(boolean severalChannels, boolean resumable) {
        this(severalChannels, resumable, false, false);
    }
}
