package dev.signaling.spi;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Knows who is in a channel and is the channel's order point: a channel is one sequence of events (joined, signal, left).
 *
 * <p>The rules, which the test kit's {@code ChannelStoreContract} checks by these numbers:
 *
 * <ol>
 *   <li>{@link #join} is atomic. The first that the new member gets is a {@link ServerMessage.JoinedChannel} with the
 *       members that were there, in the order in which they joined; after it, every later event of the channel, none
 *       twice and none that was earlier. Of two peers that join at once exactly one finds the other among the members
 *       that were there, and the other one gets the {@link ServerMessage.PeerJoined}.
 *   <li>Every member gets the channel's events in one order. So the signals of one sender arrive in the order sent,
 *       {@code PeerJoined} comes before the first signal from that peer and none comes after its {@link
 *       ServerMessage.PeerLeft}. The last that a member gets is a {@link ServerMessage.LeftChannel}; if the peer comes
 *       back, it has got that before the first of its second membership.
 *   <li>A signal to a peer that is not there is answered to the sender ({@link Publication#PEER_NOT_FOUND}), never
 *       dropped in silence.
 *   <li>Capacity, and what {@link Rivals} says of those that have the new member's role, are seen to inside {@link
 *       #join}. Where they give way, each gets {@link ServerMessage.LeftChannel} and the others {@code PeerLeft}, both with
 *       {@link LeaveReason#REPLACED}, before the new member's {@code PeerJoined}; it does not find them among the members
 *       that were there, and their seats are free. The last one out removes the channel; nothing of it stays.
 *   <li>An operation that fails does so by {@link ChannelStoreException}, thrown or in the stage, and has then changed
 *       nothing that a member can see. The hub takes whatever else is thrown for a failure too. It {@linkplain #leave
 *       leaves} a channel whose join has failed, since that may have been carried out all the same, and asks again for
 *       the leave of a peer that is gone until that does not fail.
 * </ol>
 *
 * <p><b>Threads.</b> Methods are called by many threads at once, never with a lock of the hub's held, and must not block:
 * a store that does I/O returns a stage that completes later, and has to complete it in bounded time, if need be with a
 * failure: until then the peer's next messages wait, and if its connection has ended, it counts as one for up to half a
 * minute all the same. The hub calls for one peer one method at a time and waits for its stage. Subscribers are called on any thread, but for one member
 * never by two at once; they do not block and do not throw, and must not be called with a lock held that another peer's
 * operation needs, since they may call the store. An event may reach a subscriber before or after the stage of the
 * operation that caused it completes.
 */
public interface ChannelStore {

    /**
     * Makes a peer a member of a channel, which comes into being with its first member.
     *
     * @param channel which one
     * @param member the new one
     * @param seating how many members the channel may have, and what becomes of those that have the same role
     * @param subscriber gets everything that the member is to hear, from {@code JoinedChannel} to {@code LeftChannel};
     *     nothing if the peer does not become a member
     */
    CompletionStage<Entry> join(ChannelName channel, Member member, Seating seating, Subscriber subscriber);

    /**
     * Ends a membership. Others get {@link ServerMessage.PeerLeft} with the reason.
     *
     * @return whether there was one to end
     */
    CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason);

    /**
     * Passes a signal from a member to one or all of the other members, as far as they are in the audience. Never to the
     * sender.
     *
     * @param signal what to pass: its {@code channel} and its {@code from} say where and for whom
     * @param to the one that it is for; empty if it is for all
     * @param audience who may hear it
     */
    CompletionStage<Publication> publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience);

    /** Hears the events of one membership. */
    @FunctionalInterface
    interface Subscriber {

        /** Takes the next event. Neither blocks nor throws. */
        void accept(Delivery event);
    }

    /**
     * What a channel has room for.
     *
     * @param capacity the greatest number of members, the new one included; at least 1
     * @param rivals what becomes of members that have the new one's role
     */
    record Seating(int capacity, Rivals rivals) {

        /**
         * Checks the capacity.
         *
         * @throws IllegalArgumentException if it leaves no room for the new member
         */
        public Seating {
            if (capacity < 1) {
                throw new IllegalArgumentException("capacity is under 1: " + capacity);
            }
        }
    }

    /** What became of a {@link #join}. */
    enum Entry {
        /** The peer is a member now. */
        JOINED,
        /** It was one before; nothing has changed. */
        ALREADY_JOINED,
        /** The channel has as many members as it may have. */
        CHANNEL_FULL,
        /** Another member has the role, and {@linkplain Rivals#KEEP_THE_ROLE keeps} it. */
        ROLE_TAKEN
    }

    /** What became of a {@link #publish}. */
    enum Publication {
        /** It is in the channel's sequence of events, for none or more members. */
        PUBLISHED,
        /** The sender is no member. */
        NOT_JOINED,
        /** The peer that it is for is no member. */
        PEER_NOT_FOUND,
        /** The peer that it is for is not in the audience. */
        NOT_IN_AUDIENCE
    }
}
