package dev.signaling.testkit;

import dev.signaling.Connection;
import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Terms;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The story without a transport: with the store that answers at once, and with one that answers on other threads. */
final class InMemoryStoryTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Nested
    final class AnsweringAtOnce implements SignalingStory {

        private final SignalingHub hub = SignalingHub.ofDefaults();

        @Override
        public Peer connect() {
            return new InMemoryPeer(hub);
        }
    }

    @Nested
    final class AnsweringLater implements SignalingStory {

        private final SignalingHub hub = SignalingHub.builder()
                .store(DelayedChannelStore.acting(new InMemoryChannelStore(), threads))
                .build();

        @Override
        public Peer connect() {
            return new InMemoryPeer(hub);
        }
    }

    private static final class InMemoryPeer implements SignalingStory.Peer {

        private final RecordingOutbox outbox = new RecordingOutbox();
        private final Connection connection;

        InMemoryPeer(SignalingHub hub) {
            connection = hub.connect(outbox, Terms.ONE_CHANNEL).orElseThrow();
        }

        @Override
        public void join(String channel) {
            connection.receive(new ClientMessage.JoinChannel(
                    new ChannelName(channel), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()));
            next(ServerMessage.JoinedChannel.class);
        }

        @Override
        public void say(String payload) {
            connection.receive(new ClientMessage.Signal(
                    Optional.empty(), Optional.empty(), new Payload(payload), Optional.empty()));
        }

        @Override
        public String hear() {
            return next(ServerMessage.Signal.class).data().text();
        }

        @Override
        public String refusal() {
            return next(ServerMessage.Failure.class).code().code();
        }

        @Override
        public void leave() {
            connection.disconnect(CloseStatus.GONE);
        }

        /** The next message of that kind; what belongs to presence may come before it, an error may not. */
        private <M extends ServerMessage> M next(Class<M> kind) {
            while (true) {
                ServerMessage message = outbox.next();
                if (kind.isInstance(message)) {
                    return kind.cast(message);
                }
                if (message instanceof ServerMessage.Failure || message instanceof ServerMessage.Signal) {
                    throw new AssertionError("not what was waited for: " + message);
                }
            }
        }
    }
}
