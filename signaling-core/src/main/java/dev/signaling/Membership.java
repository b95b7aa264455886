package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore.Subscriber;
import dev.signaling.spi.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One peer's place in one channel: passes the channel's events on to the peer. */
final class Membership implements Subscriber {

    private final Peer peer;
    private final ChannelName channel;
    private final Member member;
    private final Optional<String> joinId;

    // written under the lock, which nobody else's operation needs
    private Optional<String> leaveId = Optional.empty();
    private boolean leaving;
    private volatile @Nullable LeaveReason end;

    Membership(Peer peer, ChannelName channel, Member member, Optional<String> joinId) {
        this.peer = peer;
        this.channel = channel;
        this.member = member;
        this.joinId = joinId;
    }

    ChannelName channel() {
        return channel;
    }

    Member member() {
        return member;
    }

    /** Why it is over: the peer has left, or the store has ended it by itself. Empty while it is not. */
    Optional<LeaveReason> end() {
        return Optional.ofNullable(end);
    }

    /** Sets the id that the answer to the peer's leaving repeats. False if it is over already, without that id. */
    synchronized boolean leaveBy(Optional<String> id) {
        leaving = true;
        leaveId = id;
        return end == null;
    }

    /** Tells the peer that it has left, unless it was told already: the store does not know it as a member. */
    void leaveWithoutStore() {
        leave(LeaveReason.LEFT);
    }

    @Override
    public void accept(Delivery event) {
        if (end != null) {
            return; // its last event has come
        }
        if (event.message() instanceof ServerMessage.LeftChannel left) {
            leave(left.reason());
            return;
        }
        peer.send(withId(event));
    }

    private void leave(LeaveReason told) {
        LeaveReason reason;
        Optional<String> id;
        synchronized (this) {
            if (end != null) {
                return;
            }
            reason = told == LeaveReason.LEFT && !leaving ? LeaveReason.REMOVED : told; // the peer did not ask for it
            end = reason;
            id = leaveId;
        }
        peer.send(new Delivery(new ServerMessage.LeftChannel(channel, reason, id)));
        peer.settle();
    }

    /** The store knows of no ids: the answers to the peer's own requests get theirs here. */
    private Delivery withId(Delivery event) {
        if (joinId.isPresent() && event.message() instanceof ServerMessage.JoinedChannel joined) {
            return new Delivery(
                    new ServerMessage.JoinedChannel(joined.channel(), joined.member(), joined.others(), joinId));
        }
        return event;
    }
}
