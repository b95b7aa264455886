package dev.signaling;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lets one farewell follow another. Of one peer's leaving others hear, and one of them may be too slow to take that in and
 * so has to leave too: done within each other, a chain of such peers would be as deep as it is long, and a thread's stack
 * is not. What is kept for a thread is gone when its first farewell is through.
 */
final class Farewells {

    private static final ThreadLocal<@Nullable ArrayDeque<Runnable>> UNDER_WAY = new ThreadLocal<>();

    private Farewells() {}

    /** Says the farewell now or, if the caller is in the middle of another one, right after that. */
    static void say(Runnable farewell) {
        ArrayDeque<Runnable> following = UNDER_WAY.get();
        if (following != null) {
            following.add(farewell);
            return;
        }
        following = new ArrayDeque<>();
        UNDER_WAY.set(following);
        try {
            for (Runnable next = farewell; next != null; next = following.poll()) {
                next.run();
            }
        } finally {
            UNDER_WAY.remove();
        }
    }
}
