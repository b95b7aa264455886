package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many clients that read nothing, while one sends and another listens: all of them are removed before they have been kept
 * more than a heap holds, and neither of the two others is held up.
 */
final class SlowReaders implements Story {

    private static final int READERS = 40;
    private static final int MOST_MESSAGES = 900; // no more than the limits let through at once
    private static final String FILLING = "x".repeat(60_000);

    @Override
    public void tell(RunningServer running) throws IOException {
        List<RawClient> readers = new ArrayList<>();
        try (WirePeer listener = new WirePeer(running.signal(), Optional.of("signaling.v1"))) {
            listener.join("slow");
            for (int i = 0; i < READERS; i++) {
                readers.add(new RawClient(running.signal()).greeted().asksToJoin("slow"));
            }
            for (int i = 0; i < READERS; i++) {
                expect(listener, "peer-joined");
            }
            try (WirePeer sender = WirePeer.joined(running.signal(), "slow")) {
                expect(listener, "peer-joined");
                flood(sender, listener);
            }
        } finally {
            readers.forEach(RawClient::close);
        }
    }

    private static void flood(WirePeer sender, WirePeer listener) {
        int removed = 0;
        int sent = 0;
        while (removed < READERS) {
            assertTrue(sent < MOST_MESSAGES, "only " + removed + " of " + READERS + " are removed after " + sent);
            sender.send("{\"type\":\"load\",\"n\":" + sent + ",\"filling\":\"" + FILLING + "\"}");
            String next = listener.next();
            while (next.contains("\"peer-left\"")) {
                assertTrue(next.contains("\"removed\""), next);
                removed++;
                next = listener.next();
            }
            assertTrue(
                    next.contains("\"data\":{\"type\":\"load\",\"n\":" + sent + ","), "message " + sent + " is lost");
            sent++;
        }
        assertEquals(READERS, removed);
    }

    private static void expect(WirePeer peer, String type) {
        String next = peer.next();
        assertTrue(next.startsWith("{\"type\":\"" + type + "\""), next);
    }
}
