package dev.signaling.testkit;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Rivals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The plainest store there can be, one lock and one queue for all channels; right but for the one fault planted in it. */
final class FaultyChannelStore implements ChannelStore {

    /** What is wrong, and the test of the contract that must notice. */
    enum Fault {
        NONE(""),
        UNSYNCHRONISED_JOIN("rule1OfTwoThatJoinAtOnceExactlyOneFindsTheOther"),
        EVENT_LOST_AROUND_JOIN("rule1NothingIsLostOrDoubledAroundAJoin"),
        EVENT_DOUBLED_AROUND_JOIN("rule1NothingIsLostOrDoubledAroundAJoin"),
        ROSTER_IN_WRONG_ORDER("rule1TheFirstEventIsTheRosterInJoinOrder"),
        SECOND_JOIN_REPLACES_FIRST("rule1JoiningTwiceChangesNothing"),
        SIGNALS_SWAPPED("rule2SignalsKeepTheirOrderAndNeverComeBackToTheirSender"),
        SIGNAL_ECHOED_TO_SENDER("rule2SignalsKeepTheirOrderAndNeverComeBackToTheirSender"),
        DELIVERED_BY_EACH_THREAD_ITSELF("rule2EverybodyHearsOneHistoryOfJoinsSignalsAndLeavesAtOnce"),
        AUDIENCE_IGNORED("rule2ASignalReachesItsAudienceAlone"),
        CHANNELS_MIXED("rule2ChannelsDoNotHearEachOther"),
        PEER_NOT_FOUND_SWALLOWED("rule3ASignalToSomebodyWhoIsNotThereIsAnswered"),
        STRANGERS_HEARD("rule3ASignalFromOutsideIsAnswered"),
        CAPACITY_OFF_BY_ONE("rule4AChannelHoldsExactlyItsCapacity"),
        CAPACITY_CHECKED_BEFORE_JOIN("rule4OfManyThatJoinAtOnceAsManyAsThereIsRoomForAreAdmitted"),
        TWO_STREAMERS("rule4ARoleIsHeldOnceWhereOnlyOneMayHoldIt"),
        ROLE_CHECKED_BEFORE_JOIN("rule4OfManyThatWantARoleAtOnceOneGetsIt"),
        TAKEOVER_REFUSED("rule4WhoTakesARoleOverIsThereInsteadOfTheOther"),
        TAKEOVER_WITHOUT_REASON("rule4WhoTakesARoleOverIsThereInsteadOfTheOther"),
        TAKEOVER_FROM_SOMEBODY_UNTOLD("rule4WhoTakesARoleOverIsThereInsteadOfTheOther"),
        TAKEOVER_AFTER_THE_JOIN("rule4WhoTakesARoleOverIsThereInsteadOfTheOther"),
        TAKEOVER_NEEDS_A_SEAT_MORE("rule4WhoTakesARoleOverNeedsNoSeatMore"),
        TAKEOVER_IN_TWO_STEPS("rule4OfManyThatTakeARoleOverAtOnceOneIsThereAtATime"),
        CHANNEL_NEVER_REMOVED("rule4NothingStaysOfAChannelThatEverybodyHasLeft"),
        CALLED_BY_TWO_THREADS("threadsASubscriberIsNeverCalledByTwoAtOnce"),
        DELIVERED_INSIDE_THE_CALL("threadsASubscriberMayCallTheStore");

        private final String caughtBy;

        Fault(String caughtBy) {
            this.caughtBy = caughtBy;
        }

        String caughtBy() {
            return caughtBy;
        }
    }

    private static final class Seat {

        final Member member;
        final Subscriber subscriber;
        boolean deaf;

        Seat(Member member, Subscriber subscriber) {
            this.member = member;
            this.subscriber = subscriber;
        }
    }

    /** Faults of a join that looks first and enters later. */
    private static final Set<Fault> AT_THE_DOOR = EnumSet.of(
            Fault.UNSYNCHRONISED_JOIN,
            Fault.EVENT_DOUBLED_AROUND_JOIN,
            Fault.CAPACITY_CHECKED_BEFORE_JOIN,
            Fault.TAKEOVER_IN_TWO_STEPS,
            Fault.ROLE_CHECKED_BEFORE_JOIN);

    private final Fault fault;

    // all below: guarded by this
    private final Map<ChannelName, LinkedHashMap<PeerId, Seat>> channels = new HashMap<>();
    private final Map<ChannelName, List<Delivery>> logs = new HashMap<>();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean delivering;
    private @Nullable Runnable heldBack;
    private long steps;

    FaultyChannelStore(Fault fault) {
        this.fault = fault;
    }

    @Override
    public CompletionStage<Entry> join(ChannelName name, Member member, Seating seating, Subscriber subscriber) {
        List<Member> early;
        int logged;
        synchronized (this) {
            early = roster(name);
            logged = log(name).size();
            Optional<Entry> refusal = refusal(name, member, seating, true);
            if (refusal.isPresent()) {
                return CompletableFuture.completedFuture(refusal.get());
            }
            if (fault == Fault.TAKEOVER_IN_TWO_STEPS) {
                removeRivals(name, member, seating);
            }
        }
        gap(AT_THE_DOOR);
        Seat seat = new Seat(member, subscriber);
        synchronized (this) {
            Optional<Entry> refusal = refusal(name, member, seating, false);
            if (refusal.isPresent()) {
                return CompletableFuture.completedFuture(refusal.get());
            }
            if (fault != Fault.TAKEOVER_IN_TWO_STEPS && fault != Fault.TAKEOVER_AFTER_THE_JOIN) {
                removeRivals(name, member, seating);
            }
            List<Member> others = fault == Fault.UNSYNCHRONISED_JOIN ? early : roster(name);
            if (fault == Fault.ROSTER_IN_WRONG_ORDER) {
                others = others.stream()
                        .sorted((a, b) -> a.peer().value().compareTo(b.peer().value()))
                        .toList();
            }
            channels.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(member.peer(), seat);
            tell(seat, new ServerMessage.JoinedChannel(name, member, others, Optional.empty()));
            if (fault == Fault.EVENT_DOUBLED_AROUND_JOIN) {
                log(name).subList(logged, log(name).size()).forEach(event -> tell(seat, event.message()));
            }
            seat.deaf = fault == Fault.EVENT_LOST_AROUND_JOIN;
            tellOthers(name, member.peer(), new ServerMessage.PeerJoined(name, member), Audience.everyone());
            if (fault == Fault.TAKEOVER_AFTER_THE_JOIN) {
                removeRivals(name, member, seating);
            }
        }
        if (fault == Fault.EVENT_LOST_AROUND_JOIN) {
            gap(EnumSet.of(Fault.EVENT_LOST_AROUND_JOIN));
            synchronized (this) {
                seat.deaf = false;
            }
        }
        deliver();
        return CompletableFuture.completedFuture(Entry.JOINED);
    }

    private Optional<Entry> refusal(ChannelName name, Member member, Seating seating, boolean before) {
        Map<PeerId, Seat> seats = channels.getOrDefault(name, new LinkedHashMap<>());
        if (seats.containsKey(member.peer()) && fault != Fault.SECOND_JOIN_REPLACES_FIRST) {
            return Optional.of(Entry.ALREADY_JOINED);
        }
        boolean giveWay = seating.rivals() == Rivals.GIVE_WAY && fault != Fault.TAKEOVER_REFUSED;
        int staying = seats.size()
                - (giveWay && fault != Fault.TAKEOVER_NEEDS_A_SEAT_MORE
                        ? rivals(name, member, seating).size()
                        : 0);
        boolean full = staying >= seating.capacity() + (fault == Fault.CAPACITY_OFF_BY_ONE ? 1 : 0);
        if (full && (before || fault != Fault.CAPACITY_CHECKED_BEFORE_JOIN)) {
            return Optional.of(Entry.CHANNEL_FULL);
        }
        boolean taken = !giveWay
                && fault != Fault.TWO_STREAMERS
                && !rivals(name, member, seating).isEmpty();
        if (taken && (before || fault != Fault.ROLE_CHECKED_BEFORE_JOIN)) {
            return Optional.of(Entry.ROLE_TAKEN);
        }
        return Optional.empty();
    }

    private List<Seat> rivals(ChannelName name, Member member, Seating seating) {
        return channels.getOrDefault(name, new LinkedHashMap<>()).values().stream()
                .filter(seat -> seating.rivals() != Rivals.SHARE_THE_ROLE)
                .filter(seat -> seat.member.role().equals(member.role())
                        && !seat.member.peer().equals(member.peer()))
                .toList();
    }

    private void removeRivals(ChannelName name, Member member, Seating seating) {
        for (Seat rival : rivals(name, member, seating)) {
            PeerId peer = rival.member.peer();
            LeaveReason reason = fault == Fault.TAKEOVER_WITHOUT_REASON ? LeaveReason.LEFT : LeaveReason.REPLACED;
            channels.getOrDefault(name, new LinkedHashMap<>()).remove(peer);
            if (fault != Fault.TAKEOVER_FROM_SOMEBODY_UNTOLD) {
                tell(rival, new ServerMessage.LeftChannel(name, reason, Optional.empty()));
            }
            tellOthers(name, peer, new ServerMessage.PeerLeft(name, peer, reason), Audience.everyone());
        }
    }

    @Override
    public CompletionStage<Boolean> leave(ChannelName name, PeerId peer, LeaveReason reason) {
        synchronized (this) {
            LinkedHashMap<PeerId, Seat> seats = channels.get(name);
            Seat seat = seats == null ? null : seats.get(peer);
            if (seats == null || seat == null) {
                return CompletableFuture.completedFuture(false);
            }
            if (seats.size() > 1 || fault != Fault.CHANNEL_NEVER_REMOVED) {
                seats.remove(peer);
            }
            if (seats.isEmpty()) {
                channels.remove(name);
                logs.remove(name);
            }
            tell(seat, new ServerMessage.LeftChannel(name, Optional.empty()));
            tellOthers(name, peer, new ServerMessage.PeerLeft(name, peer, reason), Audience.everyone());
        }
        deliver();
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Publication> publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
        synchronized (this) {
            Map<PeerId, Seat> seats = channels.getOrDefault(signal.channel(), new LinkedHashMap<>());
            if (!seats.containsKey(signal.from()) && fault != Fault.STRANGERS_HEARD) {
                return CompletableFuture.completedFuture(Publication.NOT_JOINED);
            }
            if (to.isPresent()) {
                Seat receiver = seats.get(to.get());
                if (receiver == null || to.get().equals(signal.from())) {
                    return CompletableFuture.completedFuture(
                            fault == Fault.PEER_NOT_FOUND_SWALLOWED
                                    ? Publication.PUBLISHED
                                    : Publication.PEER_NOT_FOUND);
                }
                if (!audience.includes(receiver.member.role())) {
                    return CompletableFuture.completedFuture(Publication.NOT_IN_AUDIENCE);
                }
                tell(receiver, signal);
            } else if (fault == Fault.CHANNELS_MIXED) {
                channels.keySet().forEach(name -> tellOthers(name, signal.from(), signal, audience));
            } else {
                tellOthers(signal.channel(), signal.from(), signal, audience);
            }
        }
        deliver();
        return CompletableFuture.completedFuture(Publication.PUBLISHED);
    }

    private List<Member> roster(ChannelName name) {
        return channels.getOrDefault(name, new LinkedHashMap<>()).values().stream()
                .map(seat -> seat.member)
                .toList();
    }

    private List<Delivery> log(ChannelName name) {
        return logs.computeIfAbsent(name, key -> new ArrayList<>());
    }

    private void tellOthers(ChannelName name, PeerId cause, ServerMessage event, Audience audience) {
        List<Seat> receivers = channels.getOrDefault(name, new LinkedHashMap<>()).values().stream()
                .filter(seat -> !seat.member.peer().equals(cause)
                        || (fault == Fault.SIGNAL_ECHOED_TO_SENDER && event instanceof ServerMessage.Signal))
                .filter(seat -> audience.includes(seat.member.role()) || fault == Fault.AUDIENCE_IGNORED)
                .toList();
        if (!receivers.isEmpty()) {
            log(name).add(new Delivery(event));
        }
        Runnable telling = () -> receivers.forEach(seat -> hear(seat, event));
        if (fault == Fault.SIGNALS_SWAPPED && event instanceof ServerMessage.Signal && heldBack == null) {
            heldBack = telling;
            return;
        }
        queue.add(telling);
        if (heldBack != null) {
            queue.add(heldBack);
            heldBack = null;
        }
    }

    private void tell(Seat seat, ServerMessage event) {
        queue.add(() -> hear(seat, event));
    }

    private void hear(Seat seat, ServerMessage event) {
        boolean deaf;
        synchronized (this) {
            deaf = seat.deaf;
        }
        if (!deaf) {
            seat.subscriber.accept(new Delivery(event));
        }
    }

    private void deliver() {
        if (fault == Fault.DELIVERED_BY_EACH_THREAD_ITSELF || fault == Fault.CALLED_BY_TWO_THREADS) {
            for (Runnable next = poll(); next != null; next = poll()) {
                gap(EnumSet.of(Fault.DELIVERED_BY_EACH_THREAD_ITSELF));
                next.run();
                step();
            }
            return;
        }
        if (fault == Fault.DELIVERED_INSIDE_THE_CALL) {
            synchronized (this) {
                for (Runnable next = poll(); next != null; next = poll()) {
                    next.run();
                }
            }
            return;
        }
        synchronized (this) {
            if (delivering) {
                return;
            }
            delivering = true;
        }
        while (true) {
            Runnable next;
            synchronized (this) {
                next = queue.poll();
                delivering = next != null;
            }
            if (next == null) {
                return;
            }
            next.run();
            step();
        }
    }

    private synchronized @Nullable Runnable poll() {
        return queue.poll();
    }

    /**
     * Stays in the gap that some faults leave open until another thread has done something that falls into it, so that a
     * fault shows however the threads are scheduled; gives up soon where there is nobody else.
     */
    private synchronized void gap(Set<Fault> faults) {
        if (!faults.contains(fault)) {
            return;
        }
        steps++;
        notifyAll();
        long before = steps;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
        try {
            for (long left = deadline - System.nanoTime();
                    steps == before && left > 0;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void step() {
        steps++;
        notifyAll();
    }
}
