package dev.signaling.jakarta;

import dev.signaling.InMemoryChannelStore;

/** The story without a network: the library alone, in a container that is a fake. */
class InMemoryV1StoryTest implements V1Story {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server = SignalingServer.of(V1Story.hub(store));

    @Override
    public Peer connect() {
        return FakeSession.open(server, SignalingV1Dialect.SUBPROTOCOL);
    }

    @Override
    public Peer connectTutorial() {
        return FakeSession.open(server);
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
