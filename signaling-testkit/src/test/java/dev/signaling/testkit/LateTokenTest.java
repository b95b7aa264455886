package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStoreException;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A token is renewed where the store answers later, or not at all. */
final class LateTokenTest {

    private static final ChannelName SECOND = new ChannelName("second");

    /** Does what it is told at once, and says that a member has left when the test says so. */
    private static final class SlowToLeave implements ChannelStore {

        private final ChannelStore store = new InMemoryChannelStore();
        private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Entry> join(
                ChannelName channel, dev.signaling.message.Member member, Seating seating, Subscriber subscriber) {
            return store.join(channel, member, seating, subscriber);
        }

        @Override
        public CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason) {
            return answer.thenCompose(unused -> store.leave(channel, peer, reason));
        }

        @Override
        public CompletionStage<Publication> publish(
                ServerMessage.Signal signal, Optional<PeerId> to, dev.signaling.spi.Audience audience) {
            return store.publish(signal, to, audience);
        }
    }

    private final SlowToLeave store = new SlowToLeave();
    private final SignalingHub hub = SignalingHub.builder().store(store).build();
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final Guest ann = new Guest(
            hub.connect(
                            outbox,
                            Terms.RESUMABLE,
                            Identity.of("ann"),
                            (token, current) -> Optional.of(current.withChannels(Set.of(SECOND))))
                    .orElseThrow(),
            outbox);

    private void refresh() {
        ann.connection().receive(new ClientMessage.RefreshToken("new", Optional.empty()));
    }

    @Test
    void whatFollowsWaitsUntilTheChannelsAreLeft() {
        ann.inRoom();
        store.answer = new CompletableFuture<>();
        refresh();
        ann.join("second");
        assertEquals(List.of(new ServerMessage.TokenRefreshed(Optional.empty())), ann.hears());
        store.answer.complete(null);
        assertEquals(
                List.of(
                        new ServerMessage.LeftChannel(Guest.ROOM, LeaveReason.REMOVED, Optional.empty()),
                        Guest.joined("second", ann.member())),
                ann.hears());
        hub.goAway(Duration.ZERO);
        assertEquals(0, hub.connections());
    }

    @Test
    void aPeerThatCannotBeTakenOutOfAChannelHearsNothingMoreOfIt() {
        ann.inRoom();
        store.answer = CompletableFuture.failedFuture(new ChannelStoreException("away", new IllegalStateException()));
        refresh();
        assertEquals(Optional.of(CloseStatus.INTERNAL_ERROR), outbox.closed());
        assertTrue(ann.connection().ended().isPresent());
        store.answer = CompletableFuture.completedFuture(null);
        hub.expire(); // asks the store again
        assertEquals(0, hub.connections());
    }

    @Test
    void whoComesBackWithLessWhileItsMessagesWaitLosesTheRestBehindThem() {
        RecordingOutbox first = new RecordingOutbox();
        Guest bob = new Guest(
                hub.connect(first, Terms.RESUMABLE, Identity.of("bob")).orElseThrow(), first);
        ServerMessage.ConnectionEstablished greeting = (ServerMessage.ConnectionEstablished) first.next();
        bob.inRoom();
        bob.join("second");
        store.answer = new CompletableFuture<>();
        bob.leave("second"); // is not answered yet
        bob.connection().disconnect(CloseStatus.LOST);
        Returner again = Returner.of(hub, Identity.of("bob").withChannels(Set.of()));
        again.resume(greeting.resumption().orElseThrow().token(), 1);
        store.answer.complete(null);
        List<ServerMessage> heard = again.guest().hears();
        assertEquals(
                List.of(
                        new ServerMessage.LeftChannel(SECOND, Optional.empty()),
                        new ServerMessage.LeftChannel(Guest.ROOM, LeaveReason.REMOVED, Optional.empty())),
                heard.subList(heard.size() - 2, heard.size()));
        hub.goAway(Duration.ZERO);
    }
}
