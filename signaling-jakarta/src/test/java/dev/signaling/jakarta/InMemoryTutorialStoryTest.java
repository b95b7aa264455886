package dev.signaling.jakarta;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;

/** The story without a network: the library alone, in a container that is a fake. */
class InMemoryTutorialStoryTest implements TutorialStory {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server =
            SignalingServer.of(SignalingHub.builder().store(store).build());

    @Override
    public Peer connect() {
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
