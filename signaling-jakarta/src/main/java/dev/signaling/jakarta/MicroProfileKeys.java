package dev.signaling.jakarta;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * MicroProfile Config, where the server has it. Called by reflection: its API is no module that one could require, and most
 * servers have none of it.
 */
record MicroProfileKeys(Object config, Method optionalValue, Method propertyNames) implements Keys.Source {

    private static final String PACKAGE = "org.eclipse.microprofile.config.";

    /** The configuration of the application that is being deployed on this thread; empty if there is none. */
    static Optional<Keys.Source> current() {
        try {
            ClassLoader loader = MicroProfileKeys.class.getClassLoader();
            Class<?> provider = Class.forName(PACKAGE + "ConfigProvider", true, loader);
            Class<?> type = Class.forName(PACKAGE + "Config", true, loader);
            return Optional.of(new MicroProfileKeys(
                    provider.getMethod("getConfig").invoke(null),
                    type.getMethod("getOptionalValue", String.class, Class.class),
                    type.getMethod("getPropertyNames")));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty(); // there is no API, or nothing behind it
        }
    }

    @Override
    public Optional<String> value(String key) {
        try {
            return ((Optional<?>) optionalValue.invoke(config, key, String.class)).map(String.class::cast);
        } catch (InvocationTargetException e) {
            if (Keys.isOfSecrets(key)) {
                throw new IllegalStateException(key + " cannot be read"); // the cause may quote it
            }
            throw new IllegalStateException(key + ": " + e.getTargetException().getMessage(), e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(key, e);
        }
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        try {
            ((Iterable<?>) propertyNames.invoke(config)).forEach(name -> names.add((String) name));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the names of MicroProfile Config cannot be read", e);
        }
        return names;
    }
}
