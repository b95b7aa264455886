package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All five rules of {@link ChannelStore}: to be implemented in place of {@link ChannelStoreContract} for a store that can
 * fail because what it keeps channels in can.
 */
public interface ChannelStoreOutageContract extends ChannelStoreContract {

    /** Takes away what the store keeps its channels in, such as the connection to a server. */
    void breakDown(ChannelStore store);

    /** Gives it back, unchanged. */
    void mend(ChannelStore store);

    @Test
    default void rule5AFailedOperationSaysSoAndHasChangedNothing() {
        ChannelStore store = newStore();
        ChannelUnderTest channel = new ChannelUnderTest(store, patience());
        Member ann = new Member(new PeerId("ann"));
        Member bob = new Member(new PeerId("bob"));
        Member cid = new Member(new PeerId("cid"));
        RecordingSubscriber annHears = channel.join(ann);
        RecordingSubscriber bobHears = channel.join(bob);
        RecordingSubscriber outside = new RecordingSubscriber();

        breakDown(store);
        assertThrows(ChannelStoreException.class, () -> channel.join(cid, ChannelUnderTest.ROOMY, outside));
        assertThrows(ChannelStoreException.class, () -> channel.say(ann, "to all"));
        assertThrows(ChannelStoreException.class, () -> channel.say(ann, bob, "to one"));
        assertThrows(ChannelStoreException.class, () -> channel.leave(bob));
        mend(store);

        assertEquals(List.of(channel.joined(ann), channel.peerJoined(bob)), channel.heardBy(annHears));
        assertEquals(List.of(channel.joined(bob, ann)), channel.heardBy(bobHears));
        assertEquals(List.of(), outside.events());
    }

    @Test
    default void rule5WhatFailedMayBeTriedAgain() {
        ChannelStore store = newStore();
        ChannelUnderTest channel = new ChannelUnderTest(store, patience());
        Member ann = new Member(new PeerId("ann"));
        Member bob = new Member(new PeerId("bob"));
        channel.join(ann);
        breakDown(store);
        assertThrows(
                ChannelStoreException.class,
                () -> channel.join(bob, ChannelUnderTest.ROOMY, new RecordingSubscriber()));
        assertThrows(ChannelStoreException.class, () -> channel.leave(ann));
        mend(store);

        RecordingSubscriber bobHears = new RecordingSubscriber();
        assertEquals(Entry.JOINED, channel.join(bob, ChannelUnderTest.ROOMY, bobHears));
        assertEquals(Publication.PUBLISHED, channel.say(ann, bob, "again"));
        assertTrue(channel.leave(ann));

        assertEquals(
                List.of(channel.joined(bob, ann), channel.signal(ann, "again"), channel.peerLeft(ann)),
                channel.heardBy(bobHears));
    }
}
