package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Whom the tuned application's authenticator refuses: by a status where the server lets us, and else by a close code. It
 * reads a parameter beyond ASCII and a header, on both ways.
 */
final class Refusals implements Story {

    private static final String FORGED = "?ticket=gef%C3%A4lscht";

    @Override
    public void tell(RunningServer running) {
        boolean early = running.server().refusesEarly();
        URI tuned = running.tuned();
        String late = "close 1008 authentication-refused";
        assertEquals(early ? "HTTP 401" : late, answer(URI.create(tuned + FORGED), Map.of()));
        assertEquals(early ? "HTTP 403" : late, answer(tuned, Map.of("X-Ticket", "stolen")));
        assertEquals("greeted", answer(URI.create(tuned + FORGED + "er"), Map.of("X-Ticket", "bought")));
        assertEquals("greeted", answer(URI.create(running.signal() + FORGED), Map.of("X-Ticket", "stolen")));
    }

    private static String answer(URI endpoint, Map<String, String> headers) {
        try (WirePeer peer = new WirePeer(endpoint, Optional.empty(), headers)) {
            String first = peer.next();
            return WirePeer.greets(first) ? "greeted" : first;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                return "HTTP " + refusal.getResponse().statusCode();
            }
            throw e;
        }
    }
}
