package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signaling.message.ChannelName;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.ChannelStore.Subscriber;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Rivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The store under every schedule of a few threads' operations that Lincheck can think of: the answers are those of some order
 * of them, and what each member hears begins with who is there and ends with its leaving.
 */
class ChannelStoreLincheckTest {

    @Test
    void answersAsInSomeOrder() {
        Schedules.brief(new ModelCheckingOptions()).check(Guarded.class);
    }

    @Test
    @Tag("scenario")
    void answersAsInSomeOrderForLonger() {
        Schedules.extensive(new ModelCheckingOptions()).check(Guarded.class);
    }

    /** The way that is known to fail: who is there, is there room, and then a seat, each by itself. */
    @Test
    void findsAStoreWithoutALock() {
        assertThrows(LincheckAssertionError.class, () -> Schedules.of(
                        new ModelCheckingOptions(),
                        List.of(List.of(call("join", 0), call("say", 0)), List.of(call("join", 1))))
                .check(Unguarded.class));
    }

    private static Actor call(String method, int peer) {
        return Schedules.call(Store.class, method, peer);
    }

    /** And it is the lack of a lock that is found: one thread sees nothing wrong with that store. */
    @Test
    void findsNothingWhereThereIsOneThread() {
        Schedules.brief(new ModelCheckingOptions())
                .threads(1)
                .actorsPerThread(6)
                .check(Unguarded.class);
    }

    /** The library's. */
    @Param(name = "peer", gen = IntGen.class, conf = "0:2")
    public static class Guarded extends Store {

        private final InMemoryChannelStore channels;

        /** A new one. */
        public Guarded() {
            this(new InMemoryChannelStore());
        }

        private Guarded(InMemoryChannelStore channels) {
            super(channels);
            this.channels = channels;
        }

        @Override
        int channels() {
            return channels.channels();
        }
    }

    /** One that guards nothing. */
    @Param(name = "peer", gen = IntGen.class, conf = "0:2")
    public static class Unguarded extends Store {

        private final UnguardedChannelStore channels;

        /** A new one. */
        public Unguarded() {
            this(new UnguardedChannelStore());
        }

        private Unguarded(UnguardedChannelStore channels) {
            super(channels);
            this.channels = channels;
        }

        @Override
        int channels() {
            return channels.channels();
        }
    }

    /** What Lincheck calls. */
    @Param(name = "peer", gen = IntGen.class, conf = "0:2")
    public abstract static class Store {

        private static final ChannelName CHANNEL = new ChannelName("one");
        private static final Seating TWO = new Seating(2, Rivals.SHARE_THE_ROLE);

        private final ChannelStore store;
        private final List<Ear> ears = new ArrayList<>();

        Store(ChannelStore store) {
            this.store = store;
        }

        /** How many channels there are. */
        abstract int channels();

        /** A peer becomes a member, if there is room. */
        @Operation
        public Entry join(@Param(name = "peer") int peer) {
            Ear ear = new Ear(peer);
            Member member = new Member(new PeerId("p" + peer), Role.PEER, Payload.EMPTY_OBJECT);
            Entry entry =
                    store.join(CHANNEL, member, TWO, ear).toCompletableFuture().join();
            if (entry == Entry.JOINED) {
                synchronized (ears) {
                    ears.add(ear);
                }
            }
            return entry;
        }

        /** A peer is a member no longer. */
        @Operation
        public boolean leave(@Param(name = "peer") int peer) {
            return store.leave(CHANNEL, new PeerId("p" + peer), LeaveReason.LEFT)
                    .toCompletableFuture()
                    .join();
        }

        /** A peer says something. */
        @Operation
        public Publication say(@Param(name = "peer") int peer) {
            return store.publish(
                            new ServerMessage.Signal(CHANNEL, new PeerId("p" + peer), Payload.EMPTY_OBJECT),
                            Optional.empty(),
                            Audience.everyone())
                    .toCompletableFuture()
                    .join();
        }

        /** Behind everything. */
        @Validate
        public void heardInOrder() {
            int members = 0;
            for (Ear ear : ears) {
                members += ear.isThere() ? 1 : 0;
            }
            if (members > 2 || channels() != (members > 0 ? 1 : 0)) {
                throw new IllegalStateException(members + " members in " + channels() + " channels");
            }
        }
    }

    /** One membership: counts whom it knows to be there. */
    private static final class Ear implements Subscriber {

        private final PeerId self;
        private final List<ServerMessage> heard = new ArrayList<>();

        Ear(int peer) {
            self = new PeerId("p" + peer);
        }

        @Override
        public synchronized void accept(Delivery event) {
            heard.add(event.message());
        }

        /** Goes through what was heard. */
        synchronized boolean isThere() {
            if (!(heard.get(0) instanceof ServerMessage.JoinedChannel joined)) {
                throw new IllegalStateException("not the roster first: " + heard);
            }
            List<PeerId> others = new ArrayList<>();
            joined.others().forEach(other -> others.add(other.peer()));
            for (int i = 1; i < heard.size(); i++) {
                ServerMessage event = heard.get(i);
                boolean fits;
                if (event instanceof ServerMessage.PeerJoined came) {
                    fits = !others.contains(came.member().peer())
                            && !came.member().peer().equals(self)
                            && others.add(came.member().peer());
                } else if (event instanceof ServerMessage.PeerLeft left) {
                    fits = others.remove(left.peer());
                } else if (event instanceof ServerMessage.Signal signal) {
                    fits = others.contains(signal.from());
                } else {
                    fits = event instanceof ServerMessage.LeftChannel && i == heard.size() - 1;
                }
                if (!fits) {
                    throw new IllegalStateException(event + " in " + heard);
                }
            }
            return !(heard.get(heard.size() - 1) instanceof ServerMessage.LeftChannel);
        }
    }
}
