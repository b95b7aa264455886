package dev.signaling.jakarta;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The request that this thread is at, on Vert.x, where Quarkus runs. Quarkus has one map of user properties for all
 * handshakes of an endpoint, which would mix up their verdicts; but it opens a session on the Vert.x context that its
 * request has of its own. Called by reflection: most servers have none of it.
 */
record VertxRequest(Method isOwn, Method current, Method getLocal, Method putLocal) {

    private static final String KEY = Verdict.class.getName();
    private static final Optional<VertxRequest> HERE = find();

    private static Optional<VertxRequest> find() {
        try {
            ClassLoader loader = VertxRequest.class.getClassLoader();
            Class<?> context = Class.forName("io.vertx.core.Context", true, loader);
            return Optional.of(new VertxRequest(
                    Class.forName("io.smallrye.common.vertx.VertxContext", true, loader)
                            .getMethod("isOnDuplicatedContext"),
                    Class.forName("io.vertx.core.Vertx", true, loader).getMethod("currentContext"),
                    context.getMethod("getLocal", Object.class),
                    context.getMethod("putLocal", Object.class, Object.class)));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Leaves the verdict with the request; false if there is none. */
    static boolean leave(Verdict verdict) {
        return HERE.isPresent() && HERE.get().put(verdict);
    }

    /** What was left with the request; empty if nothing was, or if there is none. */
    static Optional<Verdict> found() {
        return HERE.flatMap(VertxRequest::get);
    }

    private boolean put(Verdict verdict) {
        Optional<Object> context = context();
        context.ifPresent(present -> call(putLocal, present, KEY, verdict));
        return context.isPresent();
    }

    private Optional<Verdict> get() {
        return context().flatMap(present -> call(getLocal, present, KEY)).map(Verdict.class::cast);
    }

    private Optional<Object> context() {
        boolean hasOwn = call(isOwn, this).filter(Boolean.TRUE::equals).isPresent(); // static, as is the next
        return hasOwn ? call(current, this) : Optional.empty();
    }

    private static Optional<Object> call(Method method, Object target, Object... arguments) {
        try {
            return Optional.ofNullable(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Vert.x does not give the request's context", e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Vert.x does not give the request's context", e);
        }
    }
}
