package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.ChannelStore.Subscriber;
import dev.signaling.spi.ChannelStoreException;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Rivals;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One channel of the {@link InMemoryChannelStore}: its members and its sequence of events.
 *
 * <p>Under the lock an event gets its place in the sequence and the members that it is for. It is delivered without the
 * lock, by whichever thread finds nobody else delivering; that thread goes on until the sequence is empty. Only then is a
 * channel without members over: who comes back before that comes back to the same sequence, and hears the end of its
 * first stay before the beginning of its second.
 */
final class Channel {

    /** How many signals may wait for a thread that is delivering; joins are refused at the same bound, leaves never. */
    private static final int MOST_WAITING = 16_384;

    /** How many characters of events may wait, before the one that is last. */
    private static final long MOST_CHARACTERS = 1 << 24;

    private static final Logger LOGGER = System.getLogger(Channel.class.getName());

    private static final Seat[] NO_SEATS = {};

    private final ChannelName name;

    // all below: guarded by this
    private final LinkedHashMap<PeerId, Seat> seats = new LinkedHashMap<>(4);
    private Seat[] row = NO_SEATS; // the seats in join order; replaced, never changed
    private @Nullable WeighedQueue<Event> waiting;
    private boolean delivering;

    private volatile boolean deserted; // written once, under the lock

    Channel(ChannelName name) {
        this.name = name;
    }

    /** Empty if the channel's last member has left and everything is delivered: it is over then, for good. */
    Optional<Entry> join(Member member, Seating seating, Subscriber subscriber) {
        @Nullable Event first = null;
        synchronized (this) {
            if (deserted) {
                return Optional.empty();
            }
            List<Seat> rivals = rivals(member, seating);
            Optional<Entry> refusal = refusal(member, seating, rivals);
            if (refusal.isPresent()) {
                return refusal;
            }
            requireRoom();
            // all in one go: nobody sees the channel without any of them, or with two
            List<Event> events = new ArrayList<>(rivals.size() + 1);
            for (Seat rival : rivals) {
                events.add(departure(rival, LeaveReason.REPLACED, LeaveReason.REPLACED));
            }
            events.add(arrival(member, subscriber));
            for (Event event : events) {
                if (!mustWait(event)) {
                    first = event;
                }
            }
        }
        if (first != null) {
            deliverFrom(first);
        }
        return Optional.of(Entry.JOINED);
    }

    /** Those that the new one must not find there. */
    private List<Seat> rivals(Member member, Seating seating) {
        if (seating.rivals() == Rivals.SHARE_THE_ROLE) {
            return List.of();
        }
        List<Seat> rivals = new ArrayList<>(1);
        for (Seat seat : row) {
            if (seat.member.role().equals(member.role())) {
                rivals.add(seat);
            }
        }
        return rivals;
    }

    private Optional<Entry> refusal(Member member, Seating seating, List<Seat> rivals) {
        if (seats.containsKey(member.peer())) {
            return Optional.of(Entry.ALREADY_JOINED);
        }
        boolean giveWay = seating.rivals() == Rivals.GIVE_WAY;
        if (seats.size() - (giveWay ? rivals.size() : 0) >= seating.capacity()) {
            return Optional.of(Entry.CHANNEL_FULL);
        }
        return giveWay || rivals.isEmpty() ? Optional.empty() : Optional.of(Entry.ROLE_TAKEN);
    }

    /** Gives the new one its seat. */
    private Event arrival(Member member, Subscriber subscriber) {
        List<Member> others = new ArrayList<>(row.length);
        for (Seat seat : row) {
            others.add(seat.member);
        }
        Seat seat = new Seat(member, subscriber);
        Delivery welcome = new Delivery(new ServerMessage.JoinedChannel(name, member, others, Optional.empty()));
        Event event = new Event(new Delivery(new ServerMessage.PeerJoined(name, member)), row, seat, welcome);
        seats.put(member.peer(), seat);
        row = seats.values().toArray(NO_SEATS);
        return event;
    }

    /** Takes the seat away. */
    private Event departure(Seat seat, LeaveReason toldToOthers, LeaveReason toldToIt) {
        PeerId peer = seat.member.peer();
        seats.remove(peer);
        row = seats.values().toArray(NO_SEATS);
        Delivery farewell = new Delivery(new ServerMessage.LeftChannel(name, toldToIt, Optional.empty()));
        return new Event(new Delivery(new ServerMessage.PeerLeft(name, peer, toldToOthers)), row, seat, farewell);
    }

    boolean leave(PeerId peer, LeaveReason reason) {
        Event event;
        synchronized (this) {
            Seat seat = seats.get(peer);
            if (seat == null) {
                return false;
            }
            event = departure(seat, reason, LeaveReason.LEFT);
            if (mustWait(event)) {
                return true;
            }
        }
        deliverFrom(event);
        return true;
    }

    Publication publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
        Event event;
        synchronized (this) {
            Seat sender = seats.get(signal.from());
            if (sender == null) {
                return Publication.NOT_JOINED;
            }
            Seat[] receivers = row;
            if (to.isPresent()) {
                Seat receiver = seats.get(to.get());
                if (receiver == null || receiver == sender) {
                    return Publication.PEER_NOT_FOUND;
                }
                if (!audience.includes(receiver.member.role())) {
                    return Publication.NOT_IN_AUDIENCE;
                }
                receivers = new Seat[] {receiver};
            }
            requireRoom();
            event = new Event(new Delivery(signal), receivers, sender, audience);
            if (mustWait(event)) {
                return Publication.PUBLISHED;
            }
        }
        deliverFrom(event);
        return Publication.PUBLISHED;
    }

    /** Whether it is over. Whoever has done something here asks afterwards: it may have delivered the last event. */
    boolean isDeserted() {
        return deserted;
    }

    private void requireRoom() {
        if (waiting != null && (waiting.size() >= MOST_WAITING || waiting.characters() >= MOST_CHARACTERS)) {
            throw new ChannelStoreException("channel " + name + " has " + waiting.size() + " events waiting, of "
                    + waiting.characters() + " characters");
        }
    }

    /** Puts the event behind those that another thread is delivering; false if there is none and it is ours to deliver. */
    private boolean mustWait(Event event) {
        if (!delivering) {
            delivering = true;
            return false;
        }
        if (waiting == null) {
            waiting = new WeighedQueue<>(Event::characters);
        }
        waiting.add(event);
        return true;
    }

    private void deliverFrom(Event first) {
        @Nullable Event event = first;
        while (event != null) {
            event.deliver();
            synchronized (this) {
                event = waiting == null ? null : waiting.poll();
                if (event == null) {
                    delivering = false;
                    waiting = null; // a busy moment is over: its memory too
                    deserted = seats.isEmpty();
                }
            }
        }
    }

    /** A member and where it hears. */
    private static final class Seat {

        final Member member;
        private final Subscriber subscriber;

        Seat(Member member, Subscriber subscriber) {
            this.member = member;
            this.subscriber = subscriber;
        }

        /** A subscriber that breaks its promise and throws must not keep the event from the members behind it. */
        void hear(Delivery event) {
            try {
                subscriber.accept(event);
            } catch (Throwable e) {
                Faults.log(LOGGER, Level.ERROR, "the subscriber of " + member.peer() + " threw", e);
            }
        }
    }

    /** An event and the members that it is for: those that were there when it got its place. */
    private static final class Event {

        private final Delivery delivery;
        private final Seat[] receivers;
        private final Seat cause;
        private final @Nullable Delivery forCause; // what the one that caused it gets instead
        private final Audience audience;

        /** Somebody joined or left: the others hear of it, and it gets an answer. */
        Event(Delivery delivery, Seat[] receivers, Seat cause, Delivery forCause) {
            this(delivery, receivers, cause, forCause, Audience.everyone());
        }

        /** Somebody sent a signal. */
        Event(Delivery delivery, Seat[] receivers, Seat sender, Audience audience) {
            this(delivery, receivers, sender, null, audience);
        }

        private Event(Delivery delivery, Seat[] receivers, Seat cause, @Nullable Delivery forCause, Audience audience) {
            this.delivery = delivery;
            this.receivers = receivers;
            this.cause = cause;
            this.forCause = forCause;
            this.audience = audience;
        }

        /** The roster in the answer to a join is made of what the channel has in any case. */
        long characters() {
            return Weight.of(delivery);
        }

        void deliver() {
            if (forCause != null) {
                cause.hear(forCause);
            }
            for (Seat receiver : receivers) {
                if (receiver != cause && audience.includes(receiver.member.role())) {
                    receiver.hear(delivery);
                }
            }
        }
    }
}
