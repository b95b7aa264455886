package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.ChannelStore.Subscriber;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Rivals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any order of joins, leaves and signals, roles and rivals included, keeps the invariants of the store: as a model has them. */
class StoreProperties {

    private static final ChannelName CHANNEL = new ChannelName("one");
    private static final int CAPACITY = 3;
    private static final Role[] ROLES = {Role.PEER, Role.STREAMER, Role.VIEWER};

    /** Somebody does something; what the others are told of it is asked of the model. */
    record Move(int what, int who, int whom, int role, Rivals rivals) {}

    @Property(tries = 500)
    void everyOrderIsWhatTheModelSays(@ForAll("moves") List<Move> moves) {
        InMemoryChannelStore store = new InMemoryChannelStore();
        Model model = new Model();
        int number = 0;
        for (Move move : moves) {
            Member member = new Member(
                    new PeerId("p" + move.who()), ROLES[move.role()], new Payload("{\"n\":" + number++ + "}"));
            switch (move.what()) {
                case 0, 1 -> join(store, model, member, move.rivals());
                case 2 -> {
                    boolean was = store.leave(CHANNEL, member.peer(), LeaveReason.DISCONNECTED)
                            .toCompletableFuture()
                            .join();
                    Checks.equal(model.present.containsKey(member.peer()), was, "was a member");
                    model.leave(member.peer(), LeaveReason.DISCONNECTED, LeaveReason.LEFT);
                }
                default -> publish(store, model, member, move);
            }
            model.check();
            Checks.equal(model.present.isEmpty() ? 0 : 1, store.channels(), "channels");
        }
    }

    private static void join(InMemoryChannelStore store, Model model, Member member, Rivals rivals) {
        Ear subscriber = new Ear();
        Entry entry = store.join(CHANNEL, member, new Seating(CAPACITY, rivals), subscriber)
                .toCompletableFuture()
                .join();
        Checks.equal(model.join(member, rivals, subscriber), entry, "the answer to " + member);
    }

    private static void publish(InMemoryChannelStore store, Model model, Member member, Move move) {
        ServerMessage.Signal signal = new ServerMessage.Signal(CHANNEL, member.peer(), member.meta());
        Optional<PeerId> to = move.what() == 3 ? Optional.empty() : Optional.of(new PeerId("p" + move.whom()));
        Audience audience = move.whom() == 0 ? Audience.only(ROLES[move.role()]) : Audience.everyone();
        Publication publication =
                store.publish(signal, to, audience).toCompletableFuture().join();
        Checks.equal(model.publish(signal, to, audience), publication, "the answer to " + signal);
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(Rivals.class))
                .as(Move::new)
                .list()
                .ofMaxSize(60);
    }

    /** Hears the events of one membership. */
    private static final class Ear implements Subscriber {

        final List<ServerMessage> events = new ArrayList<>();

        @Override
        public void accept(Delivery event) {
            events.add(event.message());
        }
    }

    /** A channel, as the rules of the store say. */
    private static final class Model {

        final Map<PeerId, Member> present = new LinkedHashMap<>();
        private final Map<PeerId, Ear> hears = new HashMap<>();
        private final Map<Ear, List<ServerMessage>> due = new HashMap<>();

        Entry join(Member member, Rivals rivals, Ear subscriber) {
            due.put(subscriber, new ArrayList<>());
            List<PeerId> same = rivals == Rivals.SHARE_THE_ROLE
                    ? List.of()
                    : present.values().stream()
                            .filter(other -> other.role().equals(member.role()))
                            .map(Member::peer)
                            .toList();
            if (present.containsKey(member.peer())) {
                return Entry.ALREADY_JOINED;
            } else if (present.size() - (rivals == Rivals.GIVE_WAY ? same.size() : 0) >= CAPACITY) {
                return Entry.CHANNEL_FULL;
            } else if (rivals == Rivals.KEEP_THE_ROLE && !same.isEmpty()) {
                return Entry.ROLE_TAKEN;
            }
            same.forEach(peer -> leave(peer, LeaveReason.REPLACED, LeaveReason.REPLACED));
            owe(
                    subscriber,
                    new ServerMessage.JoinedChannel(CHANNEL, member, List.copyOf(present.values()), Optional.empty()));
            present.keySet().forEach(peer -> owe(peer, new ServerMessage.PeerJoined(CHANNEL, member)));
            present.put(member.peer(), member);
            hears.put(member.peer(), subscriber);
            return Entry.JOINED;
        }

        void leave(PeerId peer, LeaveReason toOthers, LeaveReason toIt) {
            if (present.remove(peer) != null) {
                owe(peer, new ServerMessage.LeftChannel(CHANNEL, toIt, Optional.empty()));
                present.keySet().forEach(other -> owe(other, new ServerMessage.PeerLeft(CHANNEL, peer, toOthers)));
            }
        }

        Publication publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
            if (!present.containsKey(signal.from())) {
                return Publication.NOT_JOINED;
            }
            if (to.isPresent()) {
                Member receiver = present.get(to.get());
                if (receiver == null || to.get().equals(signal.from())) {
                    return Publication.PEER_NOT_FOUND;
                } else if (!audience.includes(receiver.role())) {
                    return Publication.NOT_IN_AUDIENCE;
                }
                owe(receiver.peer(), signal);
                return Publication.PUBLISHED;
            }
            present.values().stream()
                    .filter(member -> !member.peer().equals(signal.from()) && audience.includes(member.role()))
                    .forEach(member -> owe(member.peer(), signal));
            return Publication.PUBLISHED;
        }

        private void owe(PeerId peer, ServerMessage message) {
            Ear subscriber = hears.get(peer);
            if (subscriber != null) {
                owe(subscriber, message);
            }
        }

        private void owe(Ear subscriber, ServerMessage message) {
            due.computeIfAbsent(subscriber, none -> new ArrayList<>()).add(message);
        }

        void check() {
            due.forEach((subscriber, messages) -> Checks.equal(messages, subscriber.events, "what one heard"));
        }
    }
}
