package dev.signaling.demo;

import dev.signaling.Limits;
import dev.signaling.jakarta.Liveness;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that set a limit to another value, by the names of docs/limits.md. */
final class LimitOptions {

    @Option(
            names = "--limit",
            paramLabel = "NAME=VALUE",
            description = "another value for a limit of docs/limits.md, such as connectionsPerAddress=100 or "
                    + "joinDeadline=10s; may be given several times")
    private final Map<String, String> values = new LinkedHashMap<>();

    /** Made by the command line. */
    LimitOptions() {}

    /**
     * The limits that hold.
     *
     * @throws IllegalArgumentException if there is no limit of a name, or a value does not fit
     */
    Limits limits() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        Stream.of(Limits.class, Liveness.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .forEach(limit -> unknown.remove(limit.getName()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no limit " + String.join(", ", unknown));
        }
        return with(Limits.defaults());
    }

    /**
     * The deadlines that hold.
     *
     * @throws IllegalArgumentException if a value does not fit
     */
    Liveness liveness() {
        return with(Liveness.defaults());
    }

    private <R extends Record> R with(R defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Object[] all = new Object[components.length];
            for (int i = 0; i < all.length; i++) {
                Optional<String> text = Optional.ofNullable(values.get(components[i].getName()));
                all[i] = text.isPresent()
                        ? read(components[i], text.get())
                        : components[i].getAccessor().invoke(defaults);
            }
            @SuppressWarnings("unchecked") // the class of an R
            Class<R> type = (Class<R>) defaults.getClass();
            return type.getConstructor(types).newInstance(all);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getTargetException().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object read(RecordComponent limit, String text) {
        try {
            return limit.getType() == int.class ? (Object) Integer.valueOf(text) : Duration.parse("PT" + text);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(limit.getName() + " cannot be " + text, e);
        }
    }
}
