package dev.signaling.demo.browser;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** Time that has to pass because it is what the test is about: a network that is away for so long, say. */
final class Pause {

    private Pause() {}

    /** Returns after that time, and not before. */
    static void of(Duration duration) {
        var end = System.nanoTime() + duration.toNanos();
        await("the time to pass").atMost(duration.plusSeconds(5)).until(() -> System.nanoTime() - end >= 0);
    }
}
