package dev.signaling;

import java.util.function.Supplier;

/** Assertions that cost nothing while they hold: they are asked some million times a minute. */
final class Checks {

    private Checks() {}

    static void that(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    static void equal(Object expected, Object actual, String what) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
    }
}
