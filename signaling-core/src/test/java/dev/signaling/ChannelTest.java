package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.ChannelStore.Subscriber;
import dev.signaling.spi.ChannelStoreException;
import dev.signaling.spi.Rivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChannelTest {

    private static final Seating ROOMY = new Seating(10, Rivals.SHARE_THE_ROLE);

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final ChannelName room = new ChannelName("room");
    private final Member speaker = new Member(new PeerId("speaker"));
    private final Member listener = new Member(new PeerId("listener"));
    private final List<Integer> heard = new ArrayList<>();

    private Publication say(int number) {
        return say(String.valueOf(number));
    }

    private Publication say(String data) {
        ServerMessage.Signal signal = new ServerMessage.Signal(room, speaker.peer(), new Payload(data));
        return store.publish(signal, Optional.empty(), Audience.everyone())
                .toCompletableFuture()
                .join();
    }

    private Entry join(Member member, Subscriber subscriber) {
        return store.join(room, member, ROOMY, subscriber).toCompletableFuture().join();
    }

    private boolean leave(Member member) {
        return store.leave(room, member.peer(), LeaveReason.LEFT)
                .toCompletableFuture()
                .join();
    }

    /** Events pile up only while a thread is delivering one: here it is the one that brings them. */
    @Test
    void refusesSignalsThatFindNoRoomAndNeverALeave() {
        join(speaker, event -> {});
        join(listener, event -> {
            if (event.message() instanceof ServerMessage.Signal signal) {
                heard.add(Integer.valueOf(signal.data().text()));
                if (heard.size() == 1) {
                    for (int i = 1; i <= 16_384; i++) {
                        assertEquals(Publication.PUBLISHED, say(i));
                    }
                    assertThrows(ChannelStoreException.class, () -> say(16_385));
                    assertThrows(ChannelStoreException.class, () -> join(new Member(new PeerId("late")), later -> {}));
                    assertTrue(leave(speaker));
                }
            }
        });

        say(0);

        assertEquals(16_385, heard.size());
        assertEquals(16_384, heard.get(16_384));
        assertEquals(Entry.JOINED, join(speaker, event -> {}));
        assertEquals(Publication.PUBLISHED, say(-1));
        assertEquals(-1, heard.get(16_385));
    }

    /** The last that waits may go over it, or one that is longer could never be said. */
    @Test
    void soManyCharactersMayWait() {
        String large = "1" + "0".repeat((1 << 20) - 1);
        List<Integer> said = new ArrayList<>();
        join(speaker, event -> {});
        join(listener, event -> {
            if (event.message() instanceof ServerMessage.Signal signal
                    && signal.data().text().equals("0")) {
                for (int i = 1; i <= 16; i++) {
                    assertEquals(Publication.PUBLISHED, say(large));
                }
                assertThrows(ChannelStoreException.class, () -> say(1));
                assertThrows(ChannelStoreException.class, () -> join(new Member(new PeerId("late")), later -> {}));
            }
            said.add(1);
        });

        for (int round = 0; round < 2; round++) {
            said.clear();
            assertEquals(Publication.PUBLISHED, say(0));
            assertEquals(17, said.size());
        }
        assertTrue(leave(speaker));
    }

    @Test
    void isKeptUntilItsLastEventIsDelivered() {
        List<Integer> channels = new ArrayList<>();
        join(speaker, event -> {
            if (event.message() instanceof ServerMessage.LeftChannel) {
                channels.add(store.channels());
            }
        });
        leave(speaker);
        assertEquals(List.of(1), channels);
        assertEquals(0, store.channels());
    }
}
