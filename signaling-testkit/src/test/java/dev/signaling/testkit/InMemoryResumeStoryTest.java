package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Connection;
import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.Terms;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The story of coming back without a transport: with the store that answers at once, and with one that answers later. */
final class InMemoryResumeStoryTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Nested
    final class AnsweringAtOnce extends InMemory {

        AnsweringAtOnce() {
            super(new InMemoryChannelStore());
        }
    }

    @Nested
    final class AnsweringLater extends InMemory {

        AnsweringLater() {
            super(DelayedChannelStore.acting(new InMemoryChannelStore(), threads));
        }
    }

    private abstract static class InMemory implements ResumeStory {

        private final ManualClock clock = new ManualClock();
        private final SignalingHub hub;

        InMemory(ChannelStore store) {
            hub = SignalingHub.builder()
                    .store(store)
                    .clock(clock)
                    .limits(Limits.builder().outboxMessages(50).build())
                    .build();
        }

        @Override
        public Socket open() {
            return new InMemorySocket(hub);
        }

        @Override
        public int mostKept() {
            return hub.limits().outboxMessages();
        }

        @Override
        public void outlastTheGrace() {
            clock.advance(hub.limits().resumeGrace());
            hub.expire();
        }
    }

    private static final class InMemorySocket implements ResumeStory.Socket {

        private final RecordingOutbox outbox = new RecordingOutbox();
        private final Connection connection;
        private final ResumeStory.Greeting greeting;
        private long heard;

        InMemorySocket(SignalingHub hub) {
            connection = hub.connect(outbox, Terms.RESUMABLE).orElseThrow();
            greeting = greeting(next(ServerMessage.ConnectionEstablished.class));
        }

        private static ResumeStory.Greeting greeting(ServerMessage.ConnectionEstablished message) {
            ServerMessage.Resumption resumption = message.resumption().orElseThrow();
            return new ResumeStory.Greeting(
                    message.peer().value(),
                    resumption.token(),
                    resumption.resumed(),
                    resumption.received(),
                    resumption.fault());
        }

        @Override
        public ResumeStory.Greeting greeting() {
            return greeting;
        }

        @Override
        public long heard() {
            return heard;
        }

        @Override
        public void join(String channel) {
            connection.receive(new ClientMessage.JoinChannel(
                    new ChannelName(channel), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()));
            next(ServerMessage.JoinedChannel.class);
        }

        @Override
        public void say(String channel, String payload) {
            connection.receive(new ClientMessage.Signal(
                    Optional.of(new ChannelName(channel)), Optional.empty(), new Payload(payload), Optional.empty()));
        }

        @Override
        public String hear() {
            return next(ServerMessage.Signal.class).data().text();
        }

        @Override
        public Optional<ResumeStory.Greeting> resume(String token, long received) {
            connection.receive(new ClientMessage.Resume(token, received, Optional.of("resume")));
            ServerMessage answer = outbox.next();
            if (answer instanceof ServerMessage.Failure failure) {
                heard++;
                assertEquals(ErrorCode.RESUME_FAILED, failure.code());
                assertEquals(Optional.of("resume"), failure.id());
                return Optional.empty();
            }
            ServerMessage.ConnectionEstablished established = (ServerMessage.ConnectionEstablished) answer;
            assertEquals(Optional.of("resume"), established.id());
            assertEquals(established.peer(), connection.peer());
            return Optional.of(greeting(established));
        }

        @Override
        public void cut() {
            connection.disconnect(CloseStatus.LOST);
        }

        @Override
        public int closeCode() {
            return outbox.closed().orElseThrow().code();
        }

        /** The next message of that kind; what belongs to presence may come before it, an error may not. */
        private <M extends ServerMessage> M next(Class<M> kind) {
            while (true) {
                ServerMessage message = outbox.next();
                if (!(message instanceof ServerMessage.ConnectionEstablished)) {
                    heard++;
                }
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
