package dev.signaling.spi;

import dev.signaling.message.ServerMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to one receiver or to thousands. What it is turned into for the wire is kept here, so that a
 * message for N receivers is encoded once for each {@link Form} and not N times.
 *
 * <p>Safe to be used by several threads: a race costs at most a second encoding, which is thrown away.
 */
public final class Delivery {

    private static final VarHandle ENCODED;

    static {
        try {
            ENCODED = MethodHandles.lookup().findVarHandle(Delivery.class, "encoded", Encoded.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ServerMessage message;
    private volatile @Nullable Encoded<?> encoded;

    /** A delivery that is not encoded yet. */
    public Delivery(ServerMessage message) {
        this.message = message;
    }

    /** What is delivered. */
    public ServerMessage message() {
        return message;
    }

    /** The message in the given form, made by the first who asks, for good. Forms are told apart by identity. */
    public <T> T as(Form<T> form) {
        Encoded<?> first = encoded;
        T known = find(first, form);
        if (known != null) {
            return known;
        }
        T result = Objects.requireNonNull(form.encode(message), "not encoded");
        while (!ENCODED.compareAndSet(this, first, new Encoded<>(form, result, first))) {
            first = encoded;
            known = find(first, form);
            if (known != null) {
                return known;
            }
        }
        return result;
    }

    private static <T> @Nullable T find(@Nullable Encoded<?> first, Form<T> form) {
        for (Encoded<?> e = first; e != null; e = e.next) {
            if (e.form == form) {
                @SuppressWarnings("unchecked") // made by this very form
                T text = (T) e.result;
                return text;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "Delivery[" + message + "]";
    }

    /**
     * One way to write a message down, such as a dialect's.
     *
     * @param <T> what is written: a text, a frame
     */
    @FunctionalInterface
    public interface Form<T> {

        /** Writes the message down. Called on any thread, without a lock held; must not block. */
        T encode(ServerMessage message);
    }

    private record Encoded<T>(Form<T> form, T result, @Nullable Encoded<?> next) {}
}
