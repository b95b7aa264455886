package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing stays of peers that have gone, nor of the tokens of those that have come back. */
final class ResumptionsTest {

    private final SignalingHub hub = SignalingHub.ofDefaults();

    /** Keeps the token that was told last. */
    private static final class TokenReader implements Outbox {

        private String token = "";

        @Override
        public boolean offer(Delivery delivery) {
            if (delivery.message() instanceof ServerMessage.ConnectionEstablished greeting) {
                token = greeting.resumption()
                        .map(ServerMessage.Resumption::token)
                        .orElse("");
            }
            return true;
        }

        @Override
        public void close(CloseStatus status) {}
    }

    private int tokens() {
        return hub.resumptions().tokens().size();
    }

    @Test
    void aPeerThatComesBackOftenHasTwoTokensAtMostAndNoneInTheEnd() {
        TokenReader reader = new TokenReader();
        Connection connection = hub.connect(reader, Terms.RESUMABLE).orElseThrow();
        connection.receive(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        for (int i = 0; i < 100; i++) {
            connection.disconnect(CloseStatus.LOST);
            TokenReader next = new TokenReader();
            connection = hub.connect(next, Terms.RESUMABLE).orElseThrow();
            assertEquals(3, tokens() + (i == 0 ? 1 : 0), "the peer's, the one before, and the fresh peer's");
            connection.receive(new ClientMessage.Resume(reader.token, 0, Optional.empty()));
            assertEquals(2, tokens());
            assertEquals(1, hub.connections());
            reader = next;
        }
        connection.receive(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
        assertEquals(1, tokens());
        connection.disconnect(CloseStatus.GONE);
        assertEquals(0, tokens());
        assertEquals(0, hub.connections());
    }

    @Test
    void aConnectionThatIsRefusedLeavesNoToken() {
        hub.goAway(Duration.ZERO);
        assertTrue(hub.connect(new TokenReader(), Terms.RESUMABLE).isEmpty());
        assertEquals(0, tokens());
    }

    @Test
    void aPeerThatCannotComeBackHasNoToken() {
        assertTrue(hub.connect(new TokenReader(), Terms.MANY_CHANNELS).isPresent());
        assertEquals(0, tokens());
    }
}
