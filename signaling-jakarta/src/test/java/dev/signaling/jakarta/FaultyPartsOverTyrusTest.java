package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.Connection;
import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a host's part throws over a real socket costs the one peer that it is about, and nobody else. */
class FaultyPartsOverTyrusTest {

    private static final Logger LIBRARY = Logger.getLogger("dev.signaling");
    private static final String ROOM = "stream-video";

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingHub hub = SignalingHub.builder().store(store).build();
    private volatile Supplier<Throwable> fault = AssertionError::new;
    private int words;

    private final SignalingServer server = SignalingServer.builder(hub)
            .origins((origin, host) -> {
                strikeIf(origin.filter("http://faulty.example"::equals).isPresent());
                return true;
            })
            .authenticator(handshake -> {
                strikeIf(handshake.parameter("faulty").isPresent());
                return Authenticator.anyone().authenticate(handshake);
            })
            .dialect("faulty-reader", new Faulty("read"))
            .dialect("faulty-writer", new Faulty("write"))
            .dialect("faulty-terms", new Faulty("terms"))
            .build();

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    static Stream<Supplier<Throwable>> faults() {
        return Stream.of(
                IllegalStateException::new,
                () -> new IOException("checked, and not declared"),
                AssertionError::new,
                StackOverflowError::new,
                () -> new OutOfMemoryError("planted"),
                NoClassDefFoundError::new);
    }

    @BeforeEach
    void keepTheLogOffTheConsole() {
        LIBRARY.setUseParentHandlers(false);
    }

    @AfterEach
    void nothingIsLeft() {
        LIBRARY.setUseParentHandlers(true);
        await().until(() -> hub.connections() + server.sessions() + store.channels() == 0);
    }

    private void strikeIf(boolean isTurn) {
        if (isTurn) {
            throw FaultyPartsOverTyrusTest.<RuntimeException>unchecked(fault.get());
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable fault) throws E {
        throw (E) fault;
    }

    private SocketPeer member() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        assertEquals(ESTABLISHED, peer.next());
        peer.join(ROOM);
        assertEquals("{\"type\":\"joined-channel\",\"channel\":\"stream-video\"}", peer.next());
        return peer;
    }

    /** Another number each time, so that one that came twice, or out of order, would be seen. */
    private void assertHears(SocketPeer listener, SocketPeer speaker) {
        String text = "{\"type\":\"offer\",\"number\":" + ++words + "}";
        speaker.send(text);
        assertEquals(text, listener.next());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void costsTheOneThatItIsAbout(Supplier<Throwable> thrown) {
        fault = thrown;
        try (SocketPeer ann = member();
                SocketPeer bob = member()) {
            assertEnding("1008 origin-refused", "/signal", "Origin: http://faulty.example");
            assertHears(ann, bob);
            assertEnding("1008 authentication-refused", "/signal?faulty=yes");
            assertHears(bob, ann);
            assertEnding("1011 internal-error", "/signal", "Sec-WebSocket-Protocol: faulty-terms");
            assertHears(ann, bob);
            assertEnding("1011 internal-error", "/signal", "Sec-WebSocket-Protocol: faulty-reader");
            assertHears(bob, ann);
            assertEnding("1011 internal-error", "/signal", "Sec-WebSocket-Protocol: faulty-writer");
            assertHears(ann, bob);
        }
    }

    private void assertEnding(String expected, String path, String... headers) {
        try (SocketPeer victim = SocketPeer.open(node.port(), path, headers)) {
            victim.join(ROOM);
            assertEquals(expected, victim.ending());
        }
    }

    /** One of an adapter of the host's own, in a channel with peers of ours. */
    @ParameterizedTest
    @MethodSource("faults")
    void anOutboxIsLeftOutOfTheChannel(Supplier<Throwable> thrown) {
        fault = thrown;
        try (SocketPeer ann = member();
                SocketPeer bob = member()) {
            Connection broken =
                    hub.connect(new FaultyOutbox(), Terms.ONE_CHANNEL).orElseThrow();
            broken.receive(new ClientMessage.JoinChannel(
                    new ChannelName(ROOM), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()));
            assertHears(bob, ann);
            await().until(() -> broken.ended().isPresent());
            assertEquals(Optional.of(CloseStatus.INTERNAL_ERROR), broken.ended());
            assertHears(ann, bob);
            assertEquals(2, hub.connections());
        }
    }

    private final class FaultyOutbox implements Outbox {

        @Override
        public boolean offer(Delivery delivery) {
            strikeIf(delivery.message() instanceof ServerMessage.Signal);
            return true;
        }

        @Override
        public void close(CloseStatus status) {
            strikeIf(true);
        }
    }

    /** The tutorial's, but for one thing that it cannot do. */
    private final class Faulty implements Dialect {

        private final Dialect dialect = new TutorialDialect();
        private final String at;

        Faulty(String at) {
            this.at = at;
        }

        @Override
        public Terms terms() {
            strikeIf(at.equals("terms"));
            return dialect.terms();
        }

        @Override
        public ClientMessage decode(String text) throws MalformedMessageException {
            strikeIf(at.equals("read"));
            return dialect.decode(text);
        }

        @Override
        public Optional<String> encode(ServerMessage message) {
            strikeIf(at.equals("write") && message instanceof ServerMessage.JoinedChannel);
            return dialect.encode(message);
        }
    }
}
