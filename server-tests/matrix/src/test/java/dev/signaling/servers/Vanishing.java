package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * Clients that fall silent, or vanish by a reset as soon as they have come: none of them counts as a connection after the
 * deadlines, whatever the server says of it, if anything. Seen by the tuned application's limit of connections: as many
 * can be there at once again.
 */
final class Vanishing implements Story {

    private static final Duration PATIENCE = Tuned.PONG_DEADLINE.plusSeconds(15);
    private static final String TOO_MANY = "close 1013 too-many-connections";

    @Override
    public void tell(RunningServer running) throws IOException {
        URI tuned = running.tuned();
        List<RawClient> silent = new ArrayList<>();
        try {
            awaitRoom(tuned); // what was here before is over
            for (int i = 0; i < Tuned.CONNECTIONS; i++) {
                silent.add(letIn(tuned).asksToJoin("silent"));
            }
            assertEquals(Optional.of(TOO_MANY), refusal(tuned, Tuned.CONNECTIONS));
            awaitRoom(tuned);
        } finally {
            silent.forEach(RawClient::close);
        }
        for (int i = 0; i < Tuned.CONNECTIONS; i += 4) {
            new RawClient(tuned).close();
            new RawClient(tuned).opened().close();
            letIn(tuned).close();
            letIn(tuned).asksToJoin("dropped").close();
        }
        awaitRoom(tuned);
    }

    /** One that is greeted, as soon as there is room: those who left before may be on their way still. */
    private static RawClient letIn(URI tuned) {
        return Awaitility.await("room for one more")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreException(IOException.class) // refused
                .until(() -> new RawClient(tuned).greeted(), greeted -> true);
    }

    private static void awaitRoom(URI tuned) {
        Awaitility.await("room for " + Tuned.CONNECTIONS + " connections")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> refusal(tuned, Tuned.CONNECTIONS).isEmpty());
    }

    /** What the first of so many that connect hears that is not let in; empty if all are there at once. */
    private static Optional<String> refusal(URI tuned, int count) {
        List<WirePeer> fresh = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                WirePeer peer = new WirePeer(tuned, Optional.empty());
                fresh.add(peer);
                String first = peer.next();
                if (!WirePeer.greets(first)) {
                    return Optional.of(first);
                }
            }
            return Optional.empty();
        } finally {
            fresh.forEach(WirePeer::leave);
        }
    }
}
