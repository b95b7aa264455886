package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The host's listener, at a distance: what it throws is logged and stops nothing. */
final class Listeners {

    private static final Logger LOGGER = System.getLogger(SignalingListener.class.getName());

    private final SignalingListener listener;

    Listeners(SignalingListener listener) {
        this.listener = listener;
    }

    void connected(PeerId peer) {
        tell(() -> listener.connected(peer));
    }

    void disconnected(PeerId peer, CloseStatus status) {
        tell(() -> listener.disconnected(peer, status));
    }

    void suspended(PeerId peer) {
        tell(() -> listener.suspended(peer));
    }

    void resumed(PeerId peer, PeerId fresh) {
        tell(() -> listener.resumed(peer, fresh));
    }

    void joined(ChannelName channel, Member member) {
        tell(() -> listener.joined(channel, member));
    }

    void left(ChannelName channel, PeerId peer, LeaveReason reason) {
        tell(() -> listener.left(channel, peer, reason));
    }

    void refused(PeerId peer, ErrorCode code, String detail) {
        tell(() -> listener.refused(peer, code, detail));
    }

    void storeFailed(ChannelName channel, PeerId peer, Throwable failure) {
        tell(() -> listener.storeFailed(channel, peer, failure));
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.WARNING, "a listener threw", e);
        }
    }
}
