package dev.signaling.testkit;

import static dev.signaling.testkit.Guest.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.ChannelStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two peers that talk to each other without a pause while their wires are cut a thousand times, wherever it hurts: before,
 * in and right after the request to resume, noticed by the server at once, later or never, with messages on the old wire
 * that arrive when the next one has been in use for long. Everything is heard exactly once, in the order said.
 */
final class RandomCutsTest {

    private static final int CUTS_OF_EACH = 500;

    /** So that there is something to be lost at every cut, and the way is not all repetition. */
    private static final int FEW_ON_THE_WAY = 60;

    /** As many as the client of the library keeps, and may send again at once. */
    private static final int MANY_ON_THE_WAY = 512;

    /** The time that a word or a receipt takes: both keep to the rate, and only what is sent again comes in bursts. */
    private static final Duration PACE = Duration.ofMillis(20);

    private final ManualClock clock = new ManualClock();
    private final ExecutorService elsewhere = Executors.newFixedThreadPool(3);

    @AfterEach
    void stopThreads() {
        elsewhere.shutdownNow();
    }

    @Test
    void everythingIsHeardOnceAndInOrder() {
        talk(new InMemoryChannelStore(), FEW_ON_THE_WAY);
    }

    @Test
    void alsoIfTheStoreAnswersLater() {
        talk(DelayedChannelStore.acting(new InMemoryChannelStore(), elsewhere), FEW_ON_THE_WAY);
    }

    @Test
    void alsoIfMuchIsSentAgainToAStoreThatAnswersLater() {
        talk(DelayedChannelStore.acting(new InMemoryChannelStore(), elsewhere), MANY_ON_THE_WAY);
    }

    /** They are for one connection, and neither side counts them. */
    @Test
    void alsoIfIceServersAreToldInBetween() {
        IceConfiguration shortLived =
                new IceConfiguration(List.of(IceServer.stun("stun:h")), Optional.of(Duration.ofSeconds(1)));
        List<Network> networks = talk(
                SignalingHub.builder()
                        .store(new InMemoryChannelStore())
                        .clock(clock)
                        .iceServers((identity, peer) -> shortLived)
                        .limits(Limits.builder().iceRequestBurst(100_000).build())
                        .build(),
                FEW_ON_THE_WAY);
        networks.forEach(network -> assertTrue(network.client.toldOfIceServers() > CUTS_OF_EACH / 10));
    }

    private void talk(ChannelStore store, int onTheWay) {
        talk(SignalingHub.builder().store(store).clock(clock).build(), onTheWay);
    }

    private List<Network> talk(SignalingHub hub, int onTheWay) {
        List<Network> networks = List.of(new Network(hub, onTheWay, 1), new Network(hub, onTheWay, 2));
        AtomicInteger cutting = new AtomicInteger(networks.size());
        AtomicInteger talking = new AtomicInteger(networks.size());
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (Network network : networks) {
            network.join();
            tasks.add(() -> network.run(cutting, talking));
        }
        for (Network network : networks) {
            tasks.add(() -> network.talk(networks.get(1 - networks.indexOf(network)), cutting, talking));
        }
        List<Integer> said;
        try (Crowd crowd = new Crowd(Waiting.PATIENCE)) {
            said = crowd.atOnce(tasks).subList(2, 4);
        }
        carryTheRest(networks, said);
        assertEquals(signals(said.get(1)), networks.get(0).heard());
        assertEquals(signals(said.get(0)), networks.get(1).heard());
        clock.advance(hub.limits().resumeGrace()); // until nobody waits for those on wires that broke too early
        hub.expire();
        assertEquals(2, hub.connections());
        return networks;
    }

    private static void carryTheRest(List<Network> networks, List<Integer> said) {
        long deadline = System.nanoTime() + Waiting.PATIENCE.toNanos();
        while (networks.get(0).heard().size() < said.get(1)
                || networks.get(1).heard().size() < said.get(0)) {
            if (System.nanoTime() > deadline) {
                return; // and the test sees what is missing
            }
            for (Network network : networks) {
                if (!network.carry()) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static List<String> signals(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /** One client, and the thread that carries its messages and cuts its wires. */
    private final class Network {

        private final CountingClient client;
        private final SignalingHub hub;
        private final int onTheWay;
        private final boolean isFirst;
        private final Random random;

        Network(SignalingHub hub, int onTheWay, long seed) {
            client = new CountingClient(hub, onTheWay);
            this.onTheWay = onTheWay;
            random = new Random(seed);
            this.hub = hub;
            isFirst = seed == 1;
        }

        void join() {
            client.connect();
            client.say(new ClientMessage.JoinChannel(ROOM, Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()));
            long deadline = System.nanoTime() + Waiting.PATIENCE.toNanos();
            while (client.heard().isEmpty()) { // the store may answer later, and who comes first must not speak before
                assertTrue(System.nanoTime() < deadline, "not joined");
                carry();
            }
        }

        /** Talks until all cuts are made. Says how many words it was. */
        int talk(Network other, AtomicInteger cutting, AtomicInteger talking) {
            int words = 0;
            while (cutting.get() > 0) {
                client.say(new ClientMessage.Signal(
                        Optional.of(ROOM), Optional.empty(), new Payload(Integer.toString(words)), Optional.empty()));
                words++;
                clock.advance(PACE);
                other.client.awaitHeard(words - onTheWay);
            }
            talking.decrementAndGet();
            return words;
        }

        /** Carries and cuts, and then carries as long as somebody talks. */
        int run(AtomicInteger cutting, AtomicInteger talking) {
            for (int cut = 0; cut < CUTS_OF_EACH; cut++) {
                int steps = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(200);
                for (int step = 0; step < steps; step++) {
                    step();
                }
                cut();
            }
            cutting.decrementAndGet();
            while (talking.get() > 0) {
                step();
            }
            return CUTS_OF_EACH;
        }

        private void step() {
            if (random.nextInt(30) == 0) {
                clock.advance(PACE);
                client.sendReceipt();
                if (hub.hasIceServers()) {
                    client.askForIceServers();
                    if (isFirst) { // by one thread at a time
                        hub.expire();
                    }
                }
            }
            boolean carried = random.nextBoolean() ? client.carryUp() : client.carryDown();
            if (!carried) {
                Thread.onSpinWait();
            }
        }

        private void cut() {
            int how = random.nextInt(5);
            CountingClient.Wire broken = client.wire();
            if (how == 0) {
                broken.lose();
            } else if (how == 1) {
                elsewhere.execute(broken::lose); // before, while or after it comes back
            }
            client.connect();
            if (how == 2) {
                broken.lose(); // after it is replaced, if the request has come
            } else if (how == 3) {
                elsewhere.execute(() -> {
                    while (broken.carryUp()) {} // late, and nobody's word any more
                    broken.lose();
                });
            } // else nobody ever notices
        }

        private boolean carry() {
            boolean up = client.carryUp();
            return client.carryDown() || up;
        }

        List<String> heard() {
            return client.heard().stream()
                    .filter(message -> !(message instanceof ServerMessage.JoinedChannel
                            || message instanceof ServerMessage.PeerJoined))
                    .map(message -> assertInstanceOf(ServerMessage.Signal.class, message, message::toString)
                            .data()
                            .text())
                    .toList();
        }
    }
}
