package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStoreException;
import dev.signaling.testkit.FaultyChannelStore.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.Events;

/** The contract passes a store that keeps the rules and fails one that does not, in the test that is named for it. */
final class ChannelStoreContractTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void catches(Fault fault) {
        assertTrue(PlantedFaults.catches(Planted.class, fault.caughtBy(), fault), fault.caughtBy());
    }

    @Test
    void passesTheSameStoreWithoutAFault() {
        Events tests = PlantedFaults.run(Planted.class, Fault.NONE);
        assertEquals(List.of(), PlantedFaults.failed(tests));
        assertEquals(
                ChannelStoreContract.class.getMethods().length - 3,
                tests.succeeded().count());
    }

    @Test
    void catchesAFailedOperationThatHasHappenedAllTheSame() {
        assertEquals(
                List.of("rule5AFailedOperationSaysSoAndHasChangedNothing", "rule5WhatFailedMayBeTriedAgain"),
                PlantedFaults.failed(PlantedFaults.run(HalfBroken.class, Fault.NONE)).stream()
                        .sorted()
                        .toList());
    }

    /** Run by the tests above, once for each fault. */
    @ExtendWith(PlantedFaults.class)
    static final class Planted implements ChannelStoreContract {

        private final Fault fault;

        Planted(Fault fault) {
            this.fault = fault;
        }

        @Override
        public ChannelStore newStore() {
            return new FaultyChannelStore(fault);
        }

        @Override
        public Duration patience() {
            return fault == Fault.NONE ? Waiting.PATIENCE : Duration.ofMillis(200);
        }

        @Override
        public int rounds() {
            return 60;
        }
    }

    /** Run by a test above: a store that does what it says it could not do. */
    static final class HalfBroken implements ChannelStoreOutageContract {

        @Override
        public ChannelStore newStore() {
            return new HalfBrokenStore();
        }

        @Override
        public void breakDown(ChannelStore store) {
            ((HalfBrokenStore) store).broken = true;
        }

        @Override
        public void mend(ChannelStore store) {
            ((HalfBrokenStore) store).broken = false;
        }

        @Override
        public int rounds() {
            return 20;
        }
    }

    private static final class HalfBrokenStore implements ChannelStore {

        private final ChannelStore store = new InMemoryChannelStore();
        private volatile boolean broken;

        @Override
        public CompletionStage<Entry> join(ChannelName channel, Member member, Seating seating, Subscriber subscriber) {
            return answer(store.join(channel, member, seating, subscriber));
        }

        @Override
        public CompletionStage<Boolean> leave(ChannelName channel, PeerId peer, LeaveReason reason) {
            return answer(store.leave(channel, peer, reason));
        }

        @Override
        public CompletionStage<Publication> publish(
                ServerMessage.Signal signal, Optional<PeerId> to, Audience audience) {
            return answer(store.publish(signal, to, audience));
        }

        private <T> CompletionStage<T> answer(CompletionStage<T> outcome) {
            return broken ? CompletableFuture.failedFuture(new ChannelStoreException("lost the answer")) : outcome;
        }
    }
}
