package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Connection;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes for a peer with a way back while its outbox takes its time over a message: it waits, up to a bound. */
final class HeldUpOutboxTest {

    private static final ChannelName ELSEWHERE = new ChannelName("elsewhere");

    private final SignalingHub hub = SignalingHub.builder()
            .limits(Limits.builder()
                    .messageCharacters(2_000)
                    .outboxMessages(100)
                    .outboxCharacters(10_000)
                    .build())
            .build();
    private final Guest speaker = Guest.of(hub).inRoom();
    private final Guest other = Guest.of(hub);
    private final List<ServerMessage> taken = new ArrayList<>();
    private int meanwhile; // messages
    private int length;

    private final Connection slow = hub.connect(
                    new Outbox() {
                        @Override
                        public boolean offer(Delivery delivery) {
                            taken.add(delivery.message());
                            if (delivery.message() instanceof ServerMessage.Signal signal
                                    && signal.channel().equals(ELSEWHERE)) {
                                for (int i = 0; i < meanwhile; i++) {
                                    speaker.say("x".repeat(length));
                                }
                            }
                            return true;
                        }

                        @Override
                        public void close(CloseStatus status) {}
                    },
                    Terms.RESUMABLE)
            .orElseThrow();

    private void holdUp(int messages, int characters) {
        other.join("elsewhere");
        for (ChannelName channel : List.of(Guest.ROOM, ELSEWHERE)) {
            slow.receive(new ClientMessage.JoinChannel(channel, Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()));
        }
        taken.clear();
        meanwhile = messages;
        length = characters;
        other.say("first");
    }

    @Test
    void asMuchAsIsKeptMayWaitTwice() {
        holdUp(18, 1_000);

        assertEquals(19, taken.size());
        assertEquals(Optional.empty(), slow.ended());
    }

    @Test
    void moreCharactersEndIt() {
        holdUp(30, 1_000);

        assertEquals(Optional.of(CloseStatus.SLOW_CONSUMER), slow.ended());
        assertEquals(1, taken.size());
    }

    @Test
    void moreMessagesEndIt() {
        holdUp(202, 1);

        assertEquals(Optional.of(CloseStatus.SLOW_CONSUMER), slow.ended());
        assertEquals(1, taken.size());
    }
}
