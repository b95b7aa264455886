package dev.signaling.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Clients that have their session closed, by a binary message, and reset their connection at about that moment: none of them
 * takes a thread that closes sessions for longer than that may take.
 */
final class ResetAtTheClose implements Story {

    private static final int CLIENTS = 200;
    private static final int STEPS = 20;
    private static final long STEP = 100_000; // ns

    /** {@code closeTimeout}, and the time between two looks at the clock. */
    private static final Duration PATIENCE = Duration.ofSeconds(10 + 10);

    @Override
    public void tell(RunningServer running) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            try (RawClient client = new RawClient(running.signal())) {
                client.greeted().sendsBinary();
                LockSupport.parkNanos(i % STEPS * STEP);
            }
        }
        Awaitility.await("all sessions to be closed")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> running.threads("signaling-close-"), List::isEmpty);
    }
}
