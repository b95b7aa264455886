package dev.signaling.spi;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;

/**
 * Is told what happens, for logs and metrics. It hears of no payload.
 *
 * <p>Called on the thread that it happened on, by many at once, without a lock held; it must not block. What it throws is
 * logged and stops nothing.
 */
public interface SignalingListener {

    /** A connection has been made, and with it a peer. */
    default void connected(PeerId peer) {}

    /**
     * A peer's connection has ended, and nobody waits for it any more; it has left its channels, or is about to as soon as
     * the store answers.
     */
    default void disconnected(PeerId peer, CloseStatus status) {}

    /**
     * A peer has lost its connection and is waited for: it stays in its channels. What follows is {@link #resumed} or
     * {@link #disconnected}, which another thread may tell at the same moment.
     */
    default void suspended(PeerId peer) {}

    /**
     * A peer goes on over another connection than before. Of the peer that was {@linkplain #connected connected} with that
     * connection nothing more is heard, and it is counted no longer.
     *
     * @param peer who is there again
     * @param fresh as whom it was connected
     */
    default void resumed(PeerId peer, PeerId fresh) {}

    /** A peer has become a member of a channel. */
    default void joined(ChannelName channel, Member member) {}

    /** A peer is a member no longer. */
    default void left(ChannelName channel, PeerId peer, LeaveReason reason) {}

    /** A peer's message was not handled, and the peer was told so. */
    default void refused(PeerId peer, ErrorCode code, String detail) {}

    /** The channel store failed at something that the peer asked for. */
    default void storeFailed(ChannelName channel, PeerId peer, Throwable failure) {}
}
