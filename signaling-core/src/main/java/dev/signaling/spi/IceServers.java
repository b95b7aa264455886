package dev.signaling.spi;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.PeerId;
import java.util.List;
import java.util.Optional;

/**
 * Says by which STUN and TURN servers a peer finds another one across networks. {@link dev.signaling.SharedSecretTurn} is
 * one that makes credentials of a short life for a TURN server such as coturn.
 *
 * <p>Called whenever somebody is told: with a peer's first message and when it comes back, when it asks, when half the life
 * of what it was told is over, and when somebody asks over plain HTTP. That is on any thread, by many at once, without a
 * lock held; it must not block: one that takes long keeps peers waiting who come, and those whose time it is to be told anew,
 * of whom only so many have their turn at a time. One that throws, or returns null, is logged, and asked again a few seconds later for those
 * that are connected. What it throws goes into the log: it belongs to those who write one that no secret is in there.
 */
@FunctionalInterface
public interface IceServers {

    /**
     * The servers for somebody, and for how long they hold from now on.
     *
     * @param identity who it is to the host; anonymous if the host did not say
     * @param peer which peer; empty if it is none, but somebody who asks over HTTP
     */
    IceConfiguration serversFor(Identity identity, Optional<PeerId> peer);

    /** None at all, for nobody. A hub that has this one tells nobody anything. */
    static IceServers none() {
        return NoIceServers.NONE;
    }

    /**
     * The same for everybody, and for good. For STUN; a TURN server's credential that never changes is soon everybody's.
     *
     * @throws IllegalArgumentException if there are too many
     */
    static IceServers of(IceServer... servers) {
        IceConfiguration always = new IceConfiguration(List.of(servers), Optional.empty());
        return (identity, peer) -> always;
    }
}
