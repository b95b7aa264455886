package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.Delivery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** One channel, right as long as one thread uses it: each of its steps is safe, and nothing holds them together. */
final class UnguardedChannelStore implements ChannelStore {

    private final List<Seat> seats = new CopyOnWriteArrayList<>();

    int channels() {
        return seats.isEmpty() ? 0 : 1;
    }

    @Override
    public CompletionStage<Entry> join(ChannelName name, Member member, Seating seating, Subscriber subscriber) {
        List<Member> others = seats.stream().map(seat -> seat.member).toList();
        if (others.contains(member)) {
            return CompletableFuture.completedFuture(Entry.ALREADY_JOINED);
        } else if (others.size() >= seating.capacity()) {
            return CompletableFuture.completedFuture(Entry.CHANNEL_FULL);
        }
        tell(new ServerMessage.PeerJoined(name, member));
        seats.add(new Seat(member, subscriber));
        subscriber.accept(new Delivery(new ServerMessage.JoinedChannel(name, member, others, Optional.empty())));
        return CompletableFuture.completedFuture(Entry.JOINED);
    }

    @Override
    public CompletionStage<Boolean> leave(ChannelName name, PeerId peer, LeaveReason reason) {
        Optional<Seat> left =
                seats.stream().filter(seat -> seat.member.peer().equals(peer)).findFirst();
        if (left.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        seats.remove(left.get());
        left.get().subscriber.accept(new Delivery(new ServerMessage.LeftChannel(name, Optional.empty())));
        tell(new ServerMessage.PeerLeft(name, peer, reason));
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Publication> publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
        if (seats.stream().noneMatch(seat -> seat.member.peer().equals(signal.from()))) {
            return CompletableFuture.completedFuture(Publication.NOT_JOINED);
        }
        for (Seat seat : seats) {
            if (!seat.member.peer().equals(signal.from())) {
                seat.subscriber.accept(new Delivery(signal));
            }
        }
        return CompletableFuture.completedFuture(Publication.PUBLISHED);
    }

    private void tell(ServerMessage event) {
        seats.forEach(seat -> seat.subscriber.accept(new Delivery(event)));
    }

    /** A member and where it hears. */
    private record Seat(Member member, Subscriber subscriber) {}
}
