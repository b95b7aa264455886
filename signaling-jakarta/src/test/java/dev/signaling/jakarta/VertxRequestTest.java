package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.signaling.spi.Identity;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On Vert.x itself, with contexts as Quarkus makes them: one event loop's, and of that one for each request. */
class VertxRequestTest {

    private static final Verdict ANN = Verdict.granted(Identity.of("ann"));
    private static final Verdict REFUSED = Verdict.refused("origin-refused", 403);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static <T> T on(Context context, Supplier<T> call) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(nothing -> done.complete(call.get()));
        return done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void eachRequestHasItsOwnVerdict() {
        Context first = VertxContext.createNewDuplicatedContext(loop);
        Context second = VertxContext.createNewDuplicatedContext(loop);
        on(first, () -> VertxRequest.leave(ANN));
        on(second, () -> VertxRequest.leave(REFUSED));
        assertEquals(Optional.of(ANN), on(first, VertxRequest::found));
        assertEquals(Optional.of(REFUSED), on(second, VertxRequest::found));
        assertEquals(
                Optional.empty(), on(VertxContext.createNewDuplicatedContext(loop), VertxRequest::found), "a third");
    }

    /** Requests share that of the event loop, so that nothing may be left there. */
    @Test
    void anEventLoopIsNoRequest() {
        assertFalse(on(loop, () -> VertxRequest.leave(ANN)));
        assertEquals(Optional.empty(), on(loop, VertxRequest::found));
    }

    @Test
    void elsewhereThereIsNone() {
        assertFalse(VertxRequest.leave(ANN));
        assertEquals(Optional.empty(), VertxRequest.found());
    }
}
