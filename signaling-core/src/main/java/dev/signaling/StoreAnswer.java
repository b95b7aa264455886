package dev.signaling;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a store says, however it fails: by its stage, by what it throws, or by giving no stage at all. */
final class StoreAnswer {

    private StoreAnswer() {}

    static <T> CompletableFuture<T> to(Supplier<CompletionStage<T>> question) {
        try {
            return Objects.requireNonNull(question.get().toCompletableFuture(), "no stage");
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Why it failed, without what a stage wraps around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
    }
}
