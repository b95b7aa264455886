package dev.signaling.jakarta;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import org.junit.jupiter.api.AutoClose;

/** The story over Tyrus, with the endpoint that a container finds by its annotation, and the server by a provider. */
class AnnotatedTutorialStoryTest implements TutorialStory {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server =
            SignalingServer.of(SignalingHub.builder().store(store).build());

    @AutoClose
    private final TyrusNode node = TestServerProvider.with(
            server, () -> TyrusNode.start(container -> container.addEndpoint(HostsEndpoint.class)));

    @Override
    public Peer connect() {
        return SocketPeer.open(node.port(), "/signal");
    }

    @Override
    public SignalingServer server() {
        return server;
    }

    @Override
    public InMemoryChannelStore store() {
        return store;
    }
}
