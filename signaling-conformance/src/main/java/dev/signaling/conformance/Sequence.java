package dev.signaling.conformance;

import java.util.HashMap;
import java.util.Map;

/** Numbers that each sender counts up from 0. */
final class Sequence {

    private final Map<String, Integer> next = new HashMap<>();

    /** Takes the number of a message that has come. */
    void next(String sender, int number) {
        int due = next.getOrDefault(sender, 0);
        if (number < due) {
            throw new Violation("message " + number + " of " + sender + " came twice or too late");
        }
        if (number > due) {
            throw new Violation("message " + due + " of " + sender + " did not come before message " + number);
        }
        next.put(sender, due + 1);
    }
}
