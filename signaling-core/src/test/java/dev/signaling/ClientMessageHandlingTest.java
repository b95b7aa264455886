package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Stands in for the exhaustive switch that Java 17 does not have. */
final class ClientMessageHandlingTest {

    private static final ChannelName ROOM = new ChannelName("room");

    private static final List<ClientMessage> ONE_OF_EACH = List.of(
            new ClientMessage.JoinChannel(ROOM, Role.PEER, Payload.EMPTY_OBJECT, Optional.of("1")),
            new ClientMessage.Signal(Optional.empty(), Optional.empty(), new Payload("1"), Optional.of("2")),
            new ClientMessage.LeaveChannel(ROOM, Optional.of("3")),
            new ClientMessage.Ping(Optional.empty(), Optional.of("4")),
            new ClientMessage.Resume("no such token", 0, Optional.of("5")),
            new ClientMessage.RefreshToken("nor such", Optional.of("6")),
            new ClientMessage.GetIceServers(Optional.of("7")));

    private final List<Delivery> sent = new ArrayList<>();

    private final Outbox outbox = new Outbox() {
        @Override
        public boolean offer(Delivery delivery) {
            return sent.add(delivery);
        }

        @Override
        public void close(CloseStatus status) {
            throw new AssertionError("closed: " + status);
        }
    };

    @Test
    void everyKindOfMessageIsHandled() {
        Set<Class<?>> kinds = ONE_OF_EACH.stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(Arrays.asList(ClientMessage.class.getPermittedSubclasses())), kinds);

        Connection connection =
                SignalingHub.ofDefaults().connect(outbox, Terms.MANY_CHANNELS).orElseThrow();
        ONE_OF_EACH.forEach(connection::receive);

        assertEquals(Optional.empty(), connection.ended());
        assertEquals(7, sent.size(), "a welcome, and an answer to all but the signal: " + sent);
    }
}
