package dev.signaling;

import dev.signaling.message.CloseStatus;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.Renewal;
import dev.signaling.spi.SignalingListener;
import dev.signaling.spi.Terms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door: takes connections and routes what they say.
 *
 * <p>A hub runs on its callers' threads, may be used by any number of them at once, and never blocks them. It has no
 * thread and no timer of its own: whoever adapts it to a transport calls {@link #expire()} every few seconds, and {@link
 * #goAway} before the end.
 */
public final class SignalingHub {

    private static final Logger LOGGER = System.getLogger(SignalingHub.class.getName());

    /** How long the host's source of ICE servers is asked at one {@link #expire()}. */
    private static final Duration LONGEST_REFRESH = Duration.ofMillis(100);

    private final ChannelStore store;
    private final RelayPolicy policy;
    private final Limits limits;
    private final HostClock clock;
    private final Supplier<PeerId> peerIds;
    private final HostIceServers iceServers;
    private final Listeners listeners;
    private final Departures departures;
    private final Resumptions resumptions = new Resumptions();
    private final Set<Peer> peers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger awaited = new AtomicInteger();
    private final AtomicLong made = new AtomicLong();
    private volatile @Nullable Duration goingAway; // the longest that a peer is asked to wait

    private SignalingHub(Builder builder) {
        store = builder.store;
        policy = builder.policy;
        limits = builder.limits;
        clock = new HostClock(builder.clock);
        peerIds = builder.peerIds;
        iceServers = new HostIceServers(builder.iceServers, clock);
        listeners = new Listeners(builder.listener);
        departures = new Departures(store, listeners, limits);
    }

    /** A hub with everything at its default: channels in memory, everyone hears everyone. */
    public static SignalingHub ofDefaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes a new connection, whose first message, {@link ServerMessage.ConnectionEstablished}, is offered to its outbox
     * before this returns.
     *
     * @param outbox the way out to the peer
     * @param terms what the format that the peer speaks has words for
     * @return the way in from the peer; empty if the hub has as many connections as it may, is going away, or was given no
     *     id for the peer. The outbox has then been closed with the reason.
     */
    public Optional<Connection> connect(Outbox outbox, Terms terms) {
        return connect(outbox, terms, Identity.anonymous());
    }

    /**
     * Takes a new connection as {@link #connect(Outbox, Terms)} does, of a peer that the host knows.
     *
     * @param identity who it is, for the policy to decide by
     */
    public Optional<Connection> connect(Outbox outbox, Terms terms, Identity identity) {
        return connect(outbox, terms, identity, Renewal.none());
    }

    /**
     * Takes a new connection as {@link #connect(Outbox, Terms, Identity)} does, of a peer that may show a new token later,
     * where its format has words for that.
     *
     * @param renewal who says what such a token is worth
     */
    public Optional<Connection> connect(Outbox outbox, Terms terms, Identity identity, Renewal renewal) {
        Objects.requireNonNull(outbox, "outbox");
        Objects.requireNonNull(terms, "terms");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(renewal, "renewal");
        if (goingAway != null) {
            return refuse(outbox, CloseStatus.GOING_AWAY);
        }
        PeerId id;
        try {
            id = Objects.requireNonNull(peerIds.get(), "no id");
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the source of peer ids threw, which refuses a connection", e);
            return refuse(outbox, CloseStatus.INTERNAL_ERROR);
        }
        if (open.incrementAndGet() > limits.connections()) {
            open.decrementAndGet();
            return refuse(outbox, CloseStatus.TOO_MANY_CONNECTIONS);
        }
        Connection connection = new Connection(this, id, outbox, terms, new Standing(identity, renewal));
        Peer peer = connection.at();
        listeners.connected(id);
        peer.greet();
        peers.add(peer); // not before: goAway would be the first to speak to it
        Duration spread = goingAway;
        if (spread != null) {
            sendAway(peer, spread); // goAway may have seen it, or not
        }
        if (peer.ended().isPresent()) {
            forget(peer, false); // its farewell may have been said before it was among the others
        }
        return Optional.of(connection);
    }

    private static Optional<Connection> refuse(Outbox outbox, CloseStatus status) {
        try {
            outbox.close(status);
        } catch (Throwable e) {
            Faults.log(LOGGER, Level.ERROR, "the outbox of a refused connection threw", e);
        }
        return Optional.empty();
    }

    /**
     * Ends what has been waited for long enough: connections that joined no channel within {@link Limits#joinDeadline()},
     * and peers that did not come back within {@link Limits#resumeGrace()} after they lost theirs. Tells those whose token
     * has {@linkplain Identity#expiry() ended}, and ends them: those that have not shown another one within {@link
     * Limits#tokenGrace()} after that, and at once those whose format has no words for one. Tells those of fresh {@linkplain
     * IceServers ICE servers} for whom half the life of what they were told is over. Asks the store again where it
     * failed to let one leave that is gone. Cheap; to be called every few seconds while there are {@linkplain
     * #connections() connections}, by one thread at a time.
     */
    public void expire() {
        long now = clock.millis();
        for (Peer peer : peers) {
            peer.expire(now);
        }
        departures.again();
        if (hasIceServers()) {
            refreshIceServers();
        }
    }

    /** Leaves the others for the next time if the host takes long: deadlines shall not wait for it. */
    private void refreshIceServers() {
        long begin = clock.millis();
        for (Peer peer : peers) {
            if (peer.refreshIceServers() && clock.millis() - begin >= LONGEST_REFRESH.toMillis()) {
                return;
            }
        }
    }

    /**
     * Tells every peer that the server stops, with a hint when to come back, spread evenly over the given time so that
     * they do not all come at once, and ends their connections; peers that are waited for are so no longer. New ones are
     * refused from now on, for good.
     *
     * @param spread the longest that a peer is asked to wait
     * @throws IllegalArgumentException if it is negative
     */
    public void goAway(Duration spread) {
        if (spread.isNegative()) {
            throw new IllegalArgumentException("spread is negative: " + spread);
        }
        Duration longest = Duration.ofMillis(Long.MAX_VALUE - 1);
        Duration most = spread.compareTo(longest) < 0 ? spread : longest;
        goingAway = most;
        // as one farewell: so all are told before the first leaves its channels, and nobody hears of that
        Farewells.say(() -> {
            for (Peer peer : peers) {
                sendAway(peer, most);
            }
        });
    }

    private static void sendAway(Peer peer, Duration spread) {
        Duration wait = Duration.ofMillis(ThreadLocalRandom.current().nextLong(spread.toMillis() + 1));
        peer.end(CloseStatus.GOING_AWAY, Optional.of(new Delivery(new ServerMessage.GoingAway(wait))));
    }

    /**
     * How many connections there are. A peer that lost its own and is waited for counts as one, and so does each channel
     * that a peer could not leave at its end because the store failed, until it can: see {@link #expire()}.
     */
    public int connections() {
        return open.get() + awaited.get() + departures.owed();
    }

    /**
     * The ICE servers for somebody who is no peer of a connection here, such as a page that asks over plain HTTP. Whoever
     * calls has to make sure who that is, as before a {@link #connect}: what it gets may be worth money.
     *
     * @return empty if there are {@linkplain #hasIceServers() none} at all, or if they cannot be had now
     */
    public Optional<IceConfiguration> iceServers(Identity identity) {
        return iceServers.isNone() ? Optional.empty() : iceServers.ask(identity, Optional.empty());
    }

    /** Whether peers are told of ICE servers. */
    public boolean hasIceServers() {
        return !iceServers.isNone();
    }

    /** The limits that hold. */
    public Limits limits() {
        return limits;
    }

    ChannelStore store() {
        return store;
    }

    RelayPolicy policy() {
        return policy;
    }

    Departures departures() {
        return departures;
    }

    Listeners listeners() {
        return listeners;
    }

    HostIceServers hostIceServers() {
        return iceServers;
    }

    HostClock clock() {
        return clock;
    }

    /** Numbers the connections in the order in which they are made. */
    long nextConnection() {
        return made.incrementAndGet();
    }

    Resumptions resumptions() {
        return resumptions;
    }

    /**
     * Counts one more among the peers that are waited for, and one less among the connections; false if there are as many
     * of the former as there may be of the latter. They have places of their own: so a hub full of them can take them back.
     */
    boolean countAwaited() {
        if (awaited.incrementAndGet() > limits.connections()) {
            awaited.decrementAndGet();
            return false;
        }
        open.decrementAndGet();
        return true;
    }

    /** Forgets a peer, and frees a place: of one that was waited for, or a connection's. */
    void forget(Peer peer, boolean wasAwaited) {
        if (peers.remove(peer)) {
            (wasAwaited ? awaited : open).decrementAndGet();
        }
    }

    /** Collects what a hub is made of. Not for use by several threads. */
    public static final class Builder {

        private ChannelStore store = new InMemoryChannelStore();
        private RelayPolicy policy = RelayPolicy.everyoneToEveryone();
        private Limits limits = Limits.defaults();
        private SignalingListener listener = new SignalingListener() {};
        private InstantSource clock = InstantSource.system();
        private Supplier<PeerId> peerIds = new RandomPeerIds();
        private IceServers iceServers = IceServers.none();

        private Builder() {}

        /** Where channels are kept; an {@link InMemoryChannelStore} of its own by default. */
        public Builder store(ChannelStore value) {
            store = value;
            return this;
        }

        /** Who may join and hear whom; everyone by default. */
        public Builder policy(RelayPolicy value) {
            policy = value;
            return this;
        }

        /** How much of everything a peer may have. */
        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** Who is told what happens; nobody by default. */
        public Builder listener(SignalingListener value) {
            listener = value;
            return this;
        }

        /** What time it is; the system's clock by default. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Where the ids of new peers come from: never one twice, and not to be guessed. 128 random bits by default. */
        public Builder peerIds(Supplier<PeerId> value) {
            peerIds = value;
            return this;
        }

        /** By which STUN and TURN servers peers find each other, where their format has words for that; none by default. */
        public Builder iceServers(IceServers value) {
            iceServers = value;
            return this;
        }

        /** Makes the hub. */
        public SignalingHub build() {
            return new SignalingHub(this);
        }
    }
}
