package dev.signaling;

import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.IceConfiguration;
import java.util.Optional;

/**
 * Lets a connection go on as the peer that lost an earlier one.
 *
 * <p>One at a time in the whole hub, for the few instructions that it takes: only here are the locks of two peers held, and
 * two that wanted to take each other's place would else wait for each other for good.
 */
final class Resumptions {

    private final ResumeTokens tokens = new ResumeTokens();

    ResumeTokens tokens() {
        return tokens;
    }

    /** Handles the request that is the first message of that connection, whose peer is a fresh one. */
    void resume(Peer fresh, Connection line, ClientMessage.Resume request, long now) {
        Optional<Peer> holder = tokens.holder(request.token()).filter(peer -> peer != fresh);
        if (holder.isPresent()) {
            Peer lost = holder.get();
            Optional<IceConfiguration> iceServers = lost.iceServersFor(fresh, now); // no lock is held yet
            decide(lost, fresh, line, request, now, iceServers).run();
        } else {
            refuse(fresh, request);
        }
    }

    /** Says what remains to be done without a lock. */
    private synchronized Runnable decide(
            Peer lost,
            Peer fresh,
            Connection line,
            ClientMessage.Resume request,
            long now,
            Optional<IceConfiguration> iceServers) {
        synchronized (fresh) {
            synchronized (lost) {
                if (!fresh.speaksOver(line)) {
                    return () -> {}; // it has ended as well
                }
                return switch (lost.fit(fresh, line, request, now)) {
                    case KEPT -> lost.takeOver(fresh, line, request, now, iceServers);
                    case OVERFLOWN -> lost.giveWay(fresh, request);
                    case WRONG -> () -> refuse(fresh, request);
                };
            }
        }
    }

    /** Does not tell which of all reasons it is: that is nobody's concern but an attacker's. */
    static void refuse(Peer peer, ClientMessage.Resume request) {
        String detail = "the token is wrong, used or too old, or the count does not fit";
        peer.fail(ErrorCode.RESUME_FAILED, detail, request.id());
    }
}
