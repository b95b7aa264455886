package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many clients that read nothing, while one after another sends and one listens: all of them are removed before they have
 * been kept more than a heap holds, and nobody else is held up.
 */
final class SlowReaders implements Story {

    private static final int READERS = 40;
    private static final int MOST_MESSAGES = 900;
    private static final int EACH = 60; // of one sender: no more characters than the limits let through at once
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
            removeAll(running, listener);
        } finally {
            readers.forEach(RawClient::close);
        }
    }

    private static void removeAll(RunningServer running, WirePeer listener) throws IOException {
        int removed = 0;
        for (int sent = 0; removed < READERS; sent += EACH) {
            assertTrue(sent < MOST_MESSAGES, "only " + removed + " of " + READERS + " are removed after " + sent);
            try (WirePeer sender = WirePeer.joined(running.signal(), "slow")) {
                removed += flood(sender, listener, sent);
            }
        }
        assertEquals(READERS, removed);
    }

    /** How many were removed, of whom the listener is told, as of senders that come and go. */
    private static int flood(WirePeer sender, WirePeer listener, int first) {
        int removed = 0;
        for (int n = first; n < first + EACH; n++) {
            sender.send("{\"type\":\"load\",\"n\":" + n + ",\"filling\":\"" + FILLING + "\"}");
            String next = listener.next();
            while (next.startsWith("{\"type\":\"peer-")) {
                removed += next.contains("\"removed\"") ? 1 : 0;
                next = listener.next();
            }
            assertTrue(next.contains("\"data\":{\"type\":\"load\",\"n\":" + n + ","), "message " + n + " is lost");
        }
        return removed;
    }

    private static void expect(WirePeer peer, String type) {
        String next = peer.next();
        assertTrue(next.startsWith("{\"type\":\"" + type + "\""), next);
    }
}
