package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** Two applications on one server have a hub each: who is in a channel of one hears nothing of its namesake's. */
final class Neighbours implements Story {

    private static final String OFFER = "{\"type\":\"offer\"}";

    @Override
    public void tell(RunningServer running) {
        try (WirePeer here = WirePeer.joined(running.signal(), "neighbours");
                WirePeer alsoHere = WirePeer.joined(running.signal(), "neighbours");
                WirePeer there = WirePeer.joined(running.tuned(), "neighbours")) {
            here.send(OFFER);
            assertEquals(OFFER, alsoHere.next());
            there.send(OFFER);
            for (WirePeer peer : List.of(here, alsoHere, there)) {
                peer.send("{}");
                String answer = peer.next(); // so nothing has come before
                assertTrue(answer.contains("unknown-type"), answer);
            }
        }
    }
}
