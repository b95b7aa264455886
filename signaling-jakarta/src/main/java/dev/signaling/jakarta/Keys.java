package dev.signaling.jakarta;

import dev.signaling.Limits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an application sets by texts of the form {@code dev.signaling.…}: the first source that has one says what it is. */
final class Keys {

    static final String PREFIX = "dev.signaling.";
    static final String PATH = PREFIX + "path";
    static final String ORIGINS = PREFIX + "origins";
    static final String PROXIES = PREFIX + "proxies";
    static final String POLICY = PREFIX + "policy";
    static final String LIMITS = PREFIX + "limits.";
    static final String LIVENESS = PREFIX + "liveness.";
    static final String ICE = PREFIX + "ice.";
    static final String STUN = ICE + "stun";
    static final String TURN = ICE + "turn";
    static final String TURN_SECRET = ICE + "turn-secret";
    static final String TURN_SECRET_FILE = ICE + "turn-secret-file";
    static final String ICE_TTL = ICE + "ttl";

    /** Where the secret is may be said to all applications of a server at once: not each need have a use for it. */
    private static final Set<String> OF_SECRETS = Set.of(TURN_SECRET, TURN_SECRET_FILE);

    private static final Set<String> KNOWN = Stream.of(
                    Stream.of(PATH, ORIGINS, PROXIES, POLICY, STUN, TURN, TURN_SECRET, TURN_SECRET_FILE, ICE_TTL),
                    names(LIMITS, Limits.class),
                    names(LIVENESS, Liveness.class))
            .flatMap(Function.identity())
            .collect(Collectors.toCollection(TreeSet::new));
    private static final Pattern TIME = Pattern.compile("(?<number>[0-9]{1,18})(?<unit>ms|s|m|h)");

    private final List<Source> sources;

    /**
     * Takes the sources, the first of which has the last word.
     *
     * @throws IllegalStateException if one has a key that means nothing
     */
    Keys(List<Source> sources) {
        this.sources = List.copyOf(sources);
        sources.forEach(source -> requireKnown(source.names()));
    }

    private static Stream<String> names(String prefix, Class<? extends Record> settings) {
        return Stream.of(settings.getRecordComponents()).map(component -> prefix + component.getName());
    }

    private static void requireKnown(Set<String> names) {
        Set<String> variables = KNOWN.stream().map(Keys::variable).collect(Collectors.toSet());
        for (String name : names) {
            boolean isOurs = name.startsWith(PREFIX) || name.startsWith(variable(PREFIX));
            // of an environment variable, some make up a key besides whose case they can only guess
            boolean isVariable = names.contains(variable(name)) && variables.contains(variable(name));
            if (isOurs && !KNOWN.contains(name) && !isVariable) {
                throw new IllegalStateException(name + ": there is no such key; there are " + KNOWN);
            }
        }
    }

    /** The environment variable of a key (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** What the key's text means; empty if it is not set. A text that means nothing is an error that names the key. */
    <T> Optional<T> value(String key, Function<String, T> meaning) {
        Optional<String> text =
                sources.stream().flatMap(source -> source.value(key).stream()).findFirst();
        try {
            return text.map(given -> meaning.apply(given.strip()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalStateException(key + ": " + e.getMessage(), e);
        }
    }

    /** Settings of which those that are set differ from these. */
    <R extends Record> R settings(String prefix, R defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = Stream.of(components)
                .map(component -> value(
                                prefix + component.getName(),
                                text -> component.getType() == int.class ? (Object) number(text) : time(text))
                        .orElseGet(() -> read(component, defaults)))
                .toArray();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked") // the class of an R
            Class<R> settings = (Class<R>) defaults.getClass();
            return settings.getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            String fault = e.getTargetException().getMessage(); // begins with the name of the setting
            throw new IllegalStateException(prefix + fault, e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object read(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Such as {@code 30s}, or as ISO 8601 has it: {@code PT30S}. */
    static Duration time(String text) {
        Matcher parts = TIME.matcher(text);
        if (!parts.matches()) {
            return iso(text);
        }
        long number = Long.parseLong(parts.group("number"));
        return switch (parts.group("unit")) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("no time such as 500ms, 30s, 5m, 1h or PT30S: " + text, e);
        }
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no whole number: " + text, e);
        }
    }

    /** Sees to it that nothing is set that would have no effect, since the application has that object of its own. */
    void requireUnset(Class<?> own, String... prefixes) {
        for (String key : KNOWN) {
            boolean isMeant = Stream.of(prefixes).anyMatch(key::startsWith) && !OF_SECRETS.contains(key);
            if (isMeant && value(key, Function.identity()).isPresent()) {
                throw new IllegalStateException(
                        key + " would have no effect: the application has its own " + own.getSimpleName());
            }
        }
    }

    /** Whether what is set is a secret, or says where one is: another's exception, which may quote it, is told to nobody. */
    static boolean isOfSecrets(String key) {
        return OF_SECRETS.contains(key);
    }

    /** The environment, for where the secret is: also on servers that have no MicroProfile Config. */
    static Source environment(UnaryOperator<@Nullable String> variables) {
        return new Source() {
            @Override
            public Optional<String> value(String key) {
                return OF_SECRETS.contains(key)
                        ? Optional.ofNullable(variables.apply(variable(key)))
                        : Optional.empty();
            }

            @Override
            public Set<String> names() {
                return Set.of();
            }
        };
    }

    /** A place that has texts. */
    interface Source {

        Optional<String> value(String key);

        /** Of all that is set, ours and others'. */
        Set<String> names();
    }
}
