package dev.signaling.jakarta;

import dev.signaling.InMemoryChannelStore;
import org.junit.jupiter.api.AutoClose;

/** The story over Tyrus, with the endpoint that a container finds by its annotation, and the server by a provider. */
class AnnotatedV1StoryTest implements V1Story {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server = SignalingServer.of(V1Story.hub(store));

    @AutoClose
    private final TyrusNode node = TestServerProvider.with(
            server, () -> TyrusNode.start(container -> container.addEndpoint(HostsEndpoint.class)));

    @Override
    public Peer connect() {
        return SocketPeer.open(node.port(), "/signal", "Sec-WebSocket-Protocol: signaling.v1")
                .checkedBy(Schemas.v1()::requireFromServer);
    }

    @Override
    public Peer connectTutorial() {
        return SocketPeer.open(node.port(), "/signal").checkedBy(Schemas.tutorial()::requireFromServer);
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
