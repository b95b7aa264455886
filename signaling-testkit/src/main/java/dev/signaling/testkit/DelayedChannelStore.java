package dev.signaling.testkit;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStoreException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A store that answers later, like one that does I/O: it is another store, reached through an executor. With a
 * {@link ManualExecutor} a test says when; with a pool of threads it is soon.
 *
 * <p>Told to {@linkplain #breakDown() break down}, it fails at every operation that is carried out from then on, without
 * having touched the other store. Safe to be used by several threads.
 */
public final class DelayedChannelStore implements ChannelStore {

    private final ChannelStore store;
    private final Executor executor;
    private final boolean actsAtOnce;
    private volatile boolean broken;

    private DelayedChannelStore(ChannelStore store, Executor executor, boolean actsAtOnce) {
        this.store = store;
        this.executor = executor;
        this.actsAtOnce = actsAtOnce;
    }

    /** Each operation is carried out, and its stage completed, by the executor: events come before the answer. */
    public static DelayedChannelStore acting(ChannelStore store, Executor executor) {
        return new DelayedChannelStore(store, executor, false);
    }

    /** Each operation is carried out at once; the executor only completes its stage: events come long before the answer. */
    public static DelayedChannelStore answering(ChannelStore store, Executor executor) {
        return new DelayedChannelStore(store, executor, true);
    }

    /** From now on every operation fails, by its stage. */
    public void breakDown() {
        broken = true;
    }

    /** From now on operations are carried out again. */
    public void mend() {
        broken = false;
    }

    @Override
    public CompletionStage<Entry> join(ChannelName channel, Member member, Seating seating, Subscriber subscriber) {
        return later(() -> store.join(channel, member, seating, subscriber));
    }

    @Override
    public CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason) {
        return later(() -> store.leave(channel, peer, reason));
    }

    @Override
    public CompletionStage<Publication> publish(ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
        return later(() -> store.publish(signal, to, audience));
    }

    private <T> CompletionStage<T> later(Supplier<CompletionStage<T>> operation) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (actsAtOnce) {
            CompletionStage<T> outcome = carryOut(operation);
            executor.execute(() -> copy(outcome, answer));
        } else {
            executor.execute(() -> copy(carryOut(operation), answer));
        }
        return answer;
    }

    private <T> CompletionStage<T> carryOut(Supplier<CompletionStage<T>> operation) {
        if (broken) {
            return CompletableFuture.failedFuture(new ChannelStoreException("the store is told to fail"));
        }
        try {
            return Objects.requireNonNull(operation.get(), "no stage");
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> void copy(CompletionStage<T> outcome, CompletableFuture<T> answer) {
        var unused = outcome.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        });
    }
}
