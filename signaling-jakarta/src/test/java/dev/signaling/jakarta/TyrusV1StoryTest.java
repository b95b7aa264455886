package dev.signaling.jakarta;

import dev.signaling.InMemoryChannelStore;
import org.junit.jupiter.api.AutoClose;

/** The story over Tyrus, with the endpoint registered by the host. */
class TyrusV1StoryTest implements V1Story {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server = SignalingServer.of(V1Story.hub(store));

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

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
