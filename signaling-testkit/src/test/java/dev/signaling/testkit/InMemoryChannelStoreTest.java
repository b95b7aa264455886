package dev.signaling.testkit;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.spi.ChannelStore;

final class InMemoryChannelStoreTest implements ChannelStoreContract {

    @Override
    public ChannelStore newStore() {
        return new InMemoryChannelStore();
    }
}
