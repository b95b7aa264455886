package dev.signaling;

import dev.signaling.Departures.Departure;
import dev.signaling.Rate.Ruling;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.Terms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The channels that one peer is in, and what it asks of them. Used by one thread at a time, the one that handles the
 * peer's message: each of these is through, and the peer answered, when the future that it returns is done. One
 * that is false says that the store has failed; one that fails, that it gave an answer that is none.
 */
final class Memberships {

    static final CompletableFuture<Boolean> DONE = CompletableFuture.completedFuture(true);

    private static final String NO_LONGER = "this peer is no longer in that channel";

    private static final Logger LOGGER = System.getLogger(Memberships.class.getName());

    private final Peer peer;
    private final SignalingHub hub;
    private final Terms terms;
    private final Rate joins;
    private Map<ChannelName, Membership> byChannel = Map.of();
    private Set<ChannelName> unsure = Collections.emptySet(); // whose join failed, and could not be taken back
    private volatile boolean everJoined;
    private volatile boolean someEnded; // perhaps, and perhaps one that is no longer here
    private volatile boolean narrowed; // perhaps: it is to be seen which of them the peer may still have

    Memberships(Peer peer, SignalingHub hub, Terms terms) {
        this.peer = peer;
        this.hub = hub;
        this.terms = terms;
        this.joins =
                new Rate("joins", hub.limits().joinsPerSecond(), hub.limits().joinBurst());
    }

    /** Tells, on any thread, whether the peer has ever become a member of a channel. */
    boolean everJoined() {
        return everJoined;
    }

    /** Joins, unless the peer asks for that too often: all members hear of each, which makes a flood of a trickle. */
    CompletableFuture<Boolean> join(ClientMessage.JoinChannel request) {
        Ruling ruling = joins.rule(hub.clock().millis());
        if (ruling == Ruling.PASS) {
            return joinNow(request);
        } else if (ruling == Ruling.FLOOD) {
            peer.end(CloseStatus.RATE_LIMITED, Optional.empty());
            return DONE;
        }
        return refuse(ErrorCode.RATE_LIMITED, joins.excess(), request);
    }

    private CompletableFuture<Boolean> joinNow(ClientMessage.JoinChannel request) {
        ChannelName channel = request.channel();
        Limits limits = hub.limits();
        if (channel.value().length() > limits.nameCharacters()) {
            return refuse(
                    ErrorCode.INVALID_CHANNEL,
                    "the channel's name has " + channel.value().length() + " characters, the limit is "
                            + limits.nameCharacters(),
                    request);
        }
        if (request.meta().text().length() > limits.metadataCharacters()) {
            return refuse(
                    ErrorCode.INVALID_FIELD,
                    "meta has " + request.meta().text().length() + " characters, the limit is "
                            + limits.metadataCharacters(),
                    request);
        }
        Membership earlier = byChannel.get(channel);
        if (earlier != null && earlier.end().isPresent()) {
            forget(earlier);
        } else if (earlier != null) {
            return refuse(ErrorCode.ALREADY_JOINED, "this connection is in that channel already", request);
        }
        if (terms.severalChannels() && byChannel.size() >= limits.channelsPerConnection()) {
            return refuse(
                    ErrorCode.TOO_MANY_CHANNELS,
                    "a connection may be in " + limits.channelsPerConnection() + " channels",
                    request);
        }
        Member member = new Member(peer.id(), request.role(), request.meta());
        if (!peer.identity().allows(channel, member.role())) {
            return refuse(ErrorCode.NOT_ALLOWED, "this peer may not join that channel in that role", request);
        }
        Admission admission = admission(request, member);
        if (admission.refusal().isPresent()) {
            return refuse(ErrorCode.NOT_ALLOWED, admission.refusal().get(), request);
        }
        if (!terms.severalChannels() && !byChannel.isEmpty()) {
            Membership first = byChannel.values().iterator().next();
            if (first.leaveBy(Optional.empty())) {
                return leave(first, request.id())
                        .thenCompose(left -> left && peer.ended().isEmpty() ? enter(request, member, admission) : DONE);
            }
            forget(first);
        }
        return enter(request, member, admission);
    }

    private CompletableFuture<Boolean> enter(ClientMessage.JoinChannel request, Member member, Admission admission) {
        if (unsure.contains(request.channel())) {
            return takeBack(request.channel())
                    .thenCompose(taken -> peer.ended().isEmpty() ? enterAnew(request, member, admission) : DONE);
        }
        return enterAnew(request, member, admission);
    }

    private CompletableFuture<Boolean> enterAnew(
            ClientMessage.JoinChannel request, Member member, Admission admission) {
        ChannelName channel = request.channel();
        Membership membership = new Membership(peer, channel, member, request.id());
        Seating seating = new Seating(hub.limits().peersPerChannel(), admission.rivals());
        Supplier<CompletionStage<Entry>> question = () -> hub.store().join(channel, member, seating, membership);
        CompletableFuture<Boolean> entered = when(channel, request.id(), question, entry -> {
            switch (entry) {
                case JOINED -> {
                    if (byChannel.isEmpty()) {
                        byChannel = new LinkedHashMap<>(2);
                    }
                    byChannel.put(channel, membership);
                    unsure.remove(channel);
                    everJoined = true;
                    hub.listeners().joined(channel, member);
                }
                case ALREADY_JOINED -> fail(ErrorCode.ALREADY_JOINED, "this peer is in that channel already", request);
                case CHANNEL_FULL ->
                    fail(
                            ErrorCode.CHANNEL_FULL,
                            "the channel has " + seating.capacity() + " peers, which is as many as it may have",
                            request);
                case ROLE_TAKEN ->
                    fail(ErrorCode.ROLE_TAKEN, "another peer is the channel's " + member.role(), request);
            }
        });
        return entered == DONE ? DONE : orTakeBack(entered, channel);
    }

    /**
     * A join that failed should have changed nothing, but a store that breaks in the midst of it, or on the way back, may
     * have carried it out. So it is taken back: nobody is to be seen in a channel without knowing.
     */
    private CompletableFuture<Boolean> orTakeBack(CompletableFuture<Boolean> entered, ChannelName channel) {
        return entered.exceptionally(failure -> false)
                .thenCompose(done -> done ? DONE : takeBack(channel).thenCompose(taken -> entered));
    }

    /** False if the store fails at that too: it is asked again before the next join of that channel, and at the end. */
    private CompletableFuture<Boolean> takeBack(ChannelName channel) {
        return StoreAnswer.to(() -> hub.store().leave(channel, peer.id(), LeaveReason.LEFT))
                .thenApply(Objects::requireNonNull)
                .handle((wasMember, failure) -> {
                    if (failure == null) {
                        unsure.remove(channel);
                        return true;
                    }
                    noteUnsure(channel);
                    return false;
                });
    }

    private void noteUnsure(ChannelName channel) {
        if (unsure.isEmpty()) {
            unsure = new HashSet<>(2);
        }
        if (unsure.size() < hub.limits().channelsPerConnection()) {
            unsure.add(channel);
        }
    }

    CompletableFuture<Boolean> leave(ClientMessage.LeaveChannel request) {
        Membership membership = byChannel.get(request.channel());
        if (membership == null) {
            return refuse(ErrorCode.NOT_JOINED, "this connection is not in that channel", request);
        }
        if (!membership.leaveBy(request.id())) { // and has been told so
            forget(membership);
            return refuse(ErrorCode.NOT_JOINED, NO_LONGER, request);
        }
        return leave(membership, request.id());
    }

    /**
     * Leaves a channel, as the membership knows.
     *
     * @param requestId what an error repeats: of the message that makes the peer leave, which may be one to join another
     */
    private CompletableFuture<Boolean> leave(Membership membership, Optional<String> requestId) {
        ChannelName channel = membership.channel();
        return when(channel, requestId, () -> hub.store().leave(channel, peer.id(), LeaveReason.LEFT), wasMember -> {
            if (!wasMember) {
                membership.leaveWithoutStore();
            }
            byChannel.remove(channel);
            hub.listeners().left(channel, peer.id(), membership.end().orElse(LeaveReason.LEFT));
        });
    }

    CompletableFuture<Boolean> signal(ClientMessage.Signal request) {
        Optional<Membership> spoken = spokenTo(request);
        if (spoken.isEmpty()) {
            String detail = byChannel.isEmpty() ? "join a channel first" : "this connection is not in that channel";
            return refuse(ErrorCode.NOT_JOINED, detail, request);
        }
        ChannelName channel = spoken.get().channel();
        Audience audience = audience(channel, spoken.get().member());
        if (audience.equals(Audience.nobody())) {
            return refuse(ErrorCode.NOT_ALLOWED, "this peer may not signal in that channel", request);
        }
        ServerMessage.Signal signal = new ServerMessage.Signal(channel, peer.id(), request.data());
        return when(channel, request.id(), () -> hub.store().publish(signal, request.to(), audience), outcome -> {
            if (outcome != Publication.PUBLISHED) {
                refuse(outcome, signal, request);
            }
        });
    }

    /** The channel that a signal names or, where the peer's format has one channel a connection, that one. */
    private Optional<Membership> spokenTo(ClientMessage.Signal request) {
        if (request.channel().isPresent()) {
            return Optional.ofNullable(byChannel.get(request.channel().get()));
        }
        return byChannel.size() == 1 ? Optional.of(byChannel.values().iterator().next()) : Optional.empty();
    }

    private void refuse(Publication outcome, ServerMessage.Signal signal, ClientMessage.Signal request) {
        switch (outcome) {
            case NOT_JOINED -> {
                Membership lost = byChannel.get(signal.channel());
                if (lost != null) {
                    forget(lost); // or it could not join again
                }
                fail(ErrorCode.NOT_JOINED, NO_LONGER, request);
            }
            case PEER_NOT_FOUND -> fail(ErrorCode.PEER_NOT_FOUND, "no other peer in that channel has this id", request);
            case NOT_IN_AUDIENCE -> fail(ErrorCode.NOT_ALLOWED, "this peer may not signal that one", request);
            default -> throw new IllegalStateException("no refusal: " + outcome);
        }
    }

    /** Notes, on any thread, that a membership has got its last event. */
    void noteEnd() {
        someEnded = true;
    }

    /** Whether there may be something to {@link #forgetEnded}. */
    boolean hasEnded() {
        return someEnded;
    }

    /** Forgets the memberships that the store has ended by itself. */
    void forgetEnded() {
        if (!someEnded) {
            return;
        }
        someEnded = false;
        for (Membership membership : List.copyOf(byChannel.values())) {
            if (membership.end().isPresent()) {
                forget(membership);
            }
        }
    }

    private void forget(Membership membership) {
        ChannelName channel = membership.channel();
        byChannel.remove(channel);
        hub.listeners().left(channel, peer.id(), membership.end().orElse(LeaveReason.REMOVED));
    }

    /** What the peer may do has changed, and perhaps become less; {@link #narrow} is to follow in a turn of its own. */
    void narrowLater() {
        if (!peer.identity().isUnrestricted()) {
            narrowed = true;
        }
    }

    /** Whether {@link #narrow} is to follow. */
    boolean isToBeNarrowed() {
        return narrowed;
    }

    /** Leaves the channels that the peer may be in no longer. One that it cannot be taken out of ends it. */
    CompletableFuture<Boolean> narrow() {
        narrowed = false;
        CompletableFuture<Boolean> all = DONE;
        for (Membership membership : List.copyOf(byChannel.values())) {
            if (!peer.identity()
                    .allows(membership.channel(), membership.member().role())) {
                all = all.thenCompose(unused -> remove(membership));
            }
        }
        return all;
    }

    private CompletableFuture<Boolean> remove(Membership membership) {
        if (membership.end().isPresent() || peer.ended().isPresent()) {
            return DONE;
        }
        ChannelName channel = membership.channel();
        return when(
                        channel,
                        Optional.empty(),
                        () -> hub.store().leave(channel, peer.id(), LeaveReason.REMOVED),
                        wasMember -> {
                            if (!wasMember) {
                                membership.leaveWithoutStore();
                            }
                            forget(membership);
                        })
                .thenApply(removed -> {
                    if (!removed) {
                        peer.end(CloseStatus.INTERNAL_ERROR, Optional.empty());
                    }
                    return removed;
                });
    }

    /** Leaves every channel, or will as soon as the store can be reached. Nothing is asked of this afterwards. */
    void leaveAll(LeaveReason reason) {
        forgetEnded();
        List<Membership> all = List.copyOf(byChannel.values());
        byChannel = Map.of();
        for (Membership membership : all) {
            hub.departures().leave(new Departure(membership.channel(), peer.id(), reason, true));
        }
        for (ChannelName channel : unsure) {
            hub.departures().leave(new Departure(channel, peer.id(), reason, false));
        }
    }

    /** A policy that throws has refused. */
    private Admission admission(ClientMessage.JoinChannel request, Member member) {
        try {
            return Objects.requireNonNull(
                    hub.policy().admit(request.channel(), member, request.token(), peer.identity()), "no answer");
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the relay policy threw, which refuses a join", e);
            return Admission.refused("this peer may not join that channel");
        }
    }

    private Audience audience(ChannelName channel, Member member) {
        try {
            return Objects.requireNonNull(hub.policy().audience(channel, member, peer.identity()), "no answer");
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the relay policy threw, which refuses a signal", e);
            return Audience.nobody();
        }
    }

    /** Asks the store and hands on its answer, at once if it is there at once. A failure is told to peer and host. */
    private <T> CompletableFuture<Boolean> when(
            ChannelName channel, Optional<String> id, Supplier<CompletionStage<T>> question, Consumer<T> answer) {
        CompletableFuture<T> stage = StoreAnswer.to(question);
        if (stage.isDone() && !stage.isCompletedExceptionally()) {
            try {
                answer.accept(stage.join());
                return DONE;
            } catch (Throwable e) {
                return CompletableFuture.failedFuture(e);
            }
        }
        return stage.handle((outcome, failure) -> {
            if (failure == null) {
                answer.accept(outcome);
            } else {
                storeFailed(channel, id, StoreAnswer.cause(failure));
            }
            return failure == null;
        });
    }

    private void storeFailed(ChannelName channel, Optional<String> id, Throwable failure) {
        hub.listeners().storeFailed(channel, peer.id(), failure);
        peer.fail(ErrorCode.STORE_UNAVAILABLE, "the channel could not be reached, try again later", id);
    }

    private CompletableFuture<Boolean> refuse(ErrorCode code, String detail, ClientMessage request) {
        fail(code, detail, request);
        return DONE;
    }

    private void fail(ErrorCode code, String detail, ClientMessage request) {
        peer.fail(code, detail, request.id());
    }
}
