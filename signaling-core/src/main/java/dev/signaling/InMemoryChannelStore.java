package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one process. Every stage is complete when it is returned, on the caller's thread; nothing blocks but for
 * the moments that another thread needs to note an event of the same channel.
 *
 * <p>Subscribers are called without a lock, by the thread whose event comes first in line: it also delivers what other
 * threads bring to that channel in the meantime.
 */
public final class InMemoryChannelStore implements ChannelStore {

    private static final CompletionStage<Boolean> WAS_MEMBER = CompletableFuture.completedFuture(true);
    private static final CompletionStage<Boolean> WAS_NO_MEMBER = CompletableFuture.completedFuture(false);

    private static final Map<Entry, CompletionStage<Entry>> ENTRIES = stages(Entry.class);
    private static final Map<Publication, CompletionStage<Publication>> PUBLICATIONS = stages(Publication.class);

    private final ConcurrentHashMap<ChannelName, Channel> channels = new ConcurrentHashMap<>();

    /** A store without channels. */
    public InMemoryChannelStore() {}

    @Override
    public CompletionStage<Entry> join(ChannelName name, Member member, Seating seating, Subscriber subscriber) {
        while (true) {
            Channel channel = channels.computeIfAbsent(name, Channel::new);
            Optional<Entry> entry = channel.join(member, seating, subscriber);
            removeIfDeserted(name, channel);
            if (entry.isPresent()) {
                return stage(ENTRIES, entry.get());
            }
            // its last member left in between: the next one is a new channel
        }
    }

    @Override
    public CompletionStage<Boolean> leave(ChannelName name, PeerId peer, LeaveReason reason) {
        Channel channel = channels.get(name);
        if (channel == null || !channel.leave(peer, reason)) {
            return WAS_NO_MEMBER;
        }
        removeIfDeserted(name, channel);
        return WAS_MEMBER;
    }

    @Override
    public CompletionStage<Publication> publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
        @Nullable Channel channel = channels.get(signal.channel());
        if (channel == null) {
            return stage(PUBLICATIONS, Publication.NOT_JOINED);
        }
        Publication outcome = channel.publish(signal, to, audience);
        removeIfDeserted(signal.channel(), channel);
        return stage(PUBLICATIONS, outcome);
    }

    private void removeIfDeserted(ChannelName name, Channel channel) {
        if (channel.isDeserted()) {
            channels.remove(name, channel);
        }
    }

    /** How many channels there are: those with a member, and those with events on their way to one that has left. */
    public int channels() {
        return channels.size();
    }

    /** One stage for each outcome, made once: on the way of every message there is nothing to allocate. */
    private static <E extends Enum<E>> Map<E, CompletionStage<E>> stages(Class<E> outcomes) {
        Map<E, CompletionStage<E>> stages = new EnumMap<>(outcomes);
        for (E outcome : outcomes.getEnumConstants()) {
            stages.put(outcome, CompletableFuture.completedFuture(outcome));
        }
        return stages;
    }

    private static <E extends Enum<E>> CompletionStage<E> stage(Map<E, CompletionStage<E>> stages, E outcome) {
        return Objects.requireNonNull(stages.get(outcome));
    }
}
