package dev.signaling.testkit;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.spi.ChannelStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contracts hold for stores that answer later, by whichever of the two ways there are. */
final class DelayedChannelStoreTest {

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Nested
    final class Acting implements ChannelStoreOutageContract {

        @Override
        public ChannelStore newStore() {
            return DelayedChannelStore.acting(new InMemoryChannelStore(), threads);
        }

        @Override
        public void breakDown(ChannelStore store) {
            ((DelayedChannelStore) store).breakDown();
        }

        @Override
        public void mend(ChannelStore store) {
            ((DelayedChannelStore) store).mend();
        }
    }

    @Nested
    final class Answering implements ChannelStoreContract {

        @Override
        public ChannelStore newStore() {
            return DelayedChannelStore.answering(new InMemoryChannelStore(), threads);
        }
    }
}
