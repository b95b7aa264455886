package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.SignalingListener;
import dev.signaling.testkit.WorkerWatch;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whatever a peer does, it holds up no thread of the container's in or below our code, nor our ticker. */
class BlockedWorkersOverTyrusTest {

    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final Duration ATTACK = Duration.ofSeconds(3);
    private static final Duration LONGEST_ATTACK = Duration.ofSeconds(60);

    /** Pings come while the attack lasts: the ticker sends them. */
    private static final Liveness PINGS =
            new Liveness(Duration.ofSeconds(1), Duration.ofSeconds(75), Duration.ofSeconds(20), Duration.ofSeconds(10));

    /** Or the attack was none. */
    private static final Set<CloseStatus> THROWN_OUT = Set.of(CloseStatus.SLOW_CONSUMER, CloseStatus.RATE_LIMITED);

    private static final String FILLING = "{\"type\":\"offer\",\"filling\":\"" + "x".repeat(60_000) + "\"}";

    /** Where the container calls us; all else of ours is below these. */
    private static final Set<String> ENTRIES = Set.of(
            SessionEndpoint.class.getName(),
            SignalingSession.class.getName(),
            SignalingConfigurator.class.getName(),
            SessionOutbox.class.getName() + "$Sending");

    private final CountDownLatch leaveOff = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Set<CloseStatus> endings = ConcurrentHashMap.newKeySet();
    private final SignalingServer server = SignalingServer.builder(SignalingHub.builder()
                    .policy(new Blocking())
                    .listener(new SignalingListener() {
                        @Override
                        public void disconnected(PeerId peer, CloseStatus status) {
                            endings.add(status);
                        }
                    })
                    .build())
            .liveness(PINGS)
            .build();

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    /** The ticker too, which has all peers to look after. */
    private static boolean isWorker(String thread) {
        return !thread.startsWith("signaling-close-"); // which are there to wait
    }

    private static WorkerWatch watch() {
        return WorkerWatch.over(
                LONGEST, BlockedWorkersOverTyrusTest::isWorker, frame -> ENTRIES.contains(frame.getClassName()));
    }

    private SocketPeer member(String channel) {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        assertEquals(ESTABLISHED, peer.next());
        peer.join(channel);
        assertEquals("{\"type\":\"joined-channel\",\"channel\":\"" + channel + "\"}", peer.next());
        return peer;
    }

    /** The watch itself: what it is there for it sees. */
    @Test
    void aPolicyThatBlocksIsSeen() {
        try (WorkerWatch watch = watch();
                SocketPeer peer = SocketPeer.open(node.port(), "/signal")) {
            assertEquals(ESTABLISHED, peer.next());
            peer.join("blocked");
            await().until(() -> !watch.blocked().isEmpty());
            leaveOff.countDown();
            assertTrue(watch.blocked().get(0).contains(Blocking.class.getName()), () -> watch.blocked()
                    .toString());
        }
    }

    @Test
    void noPeerHoldsUpAThreadOfTheContainers() throws Exception {
        ExecutorService attackers = Executors.newCachedThreadPool();
        try (WorkerWatch watch = watch();
                SocketPeer ann = member("others");
                SocketPeer bob = member("others")) {
            for (int i = 0; i < 8; i++) {
                attackers.execute(attack(this::readNothing));
                attackers.execute(attack(this::trickle));
            }
            for (int i = 0; i < 2; i++) {
                attackers.execute(attack(this::vanish));
                attackers.execute(attack(this::flood));
                attackers.execute(attack(this::ping));
            }
            long begin = System.nanoTime();
            for (int i = 0; System.nanoTime() - begin < ATTACK.toNanos() || !endings.containsAll(THROWN_OUT); i++) {
                assertTrue(
                        System.nanoTime() - begin < LONGEST_ATTACK.toNanos(),
                        () -> "the attackers are no attackers: they end as " + endings);
                int before = watch.looks();
                await().until(() -> watch.looks() > before); // or this machine would be too fast for the limits
                String text = "{\"type\":\"offer\",\"number\":" + i + "}";
                ann.send(text);
                assertEquals(text, bob.next());
            }
            over.set(true);
            attackers.shutdown();
            assertTrue(attackers.awaitTermination(20, TimeUnit.SECONDS));
            assertEquals(List.of(), watch.blocked());
            assertTrue(watch.looks() > 5, () -> "looked only " + watch.looks() + " times");
        } finally {
            over.set(true);
            attackers.shutdownNow();
        }
        server.close();
        // a thread of the container's may still be in the middle of an attacker's farewell
        await().untilAsserted(() -> assertEquals(0, server.hub().connections()));
    }

    /** Again and again until the end; that the server ends a connection is no news. */
    private Runnable attack(Runnable once) {
        return () -> {
            while (!over.get()) {
                try {
                    once.run();
                } catch (UncheckedIOException | AssertionError e) {
                    // thrown out: it begins anew
                }
            }
        };
    }

    /** Speaks, and never reads what the others say, until it is thrown out. */
    private void readNothing() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        try {
            peer.join("attacked");
            for (int i = 0; i < 50 && !over.get(); i++) {
                peer.send(FILLING);
            }
        } finally {
            peer.hangUp();
        }
    }

    /** One byte at a time, of messages that are very long in coming. */
    private void trickle() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        try {
            peer.join("attacked");
            byte[] frame = SocketPeer.frame(0x80 | SocketPeer.TEXT, FILLING.getBytes(UTF_8));
            for (int i = 0; i < frame.length && !over.get(); i++) {
                peer.write(new byte[] {frame[i]});
            }
        } finally {
            peer.hangUp();
        }
    }

    private void vanish() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        peer.join("attacked");
        peer.send(FILLING);
        peer.reset();
    }

    private void flood() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        try {
            for (int i = 0; !over.get(); i++) {
                peer.join("attacked " + i);
                peer.send("{\"type\":\"offer\"}");
                peer.send("no message");
            }
        } finally {
            peer.hangUp();
        }
    }

    private void ping() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        try {
            ByteArrayOutputStream pings = new ByteArrayOutputStream();
            for (int i = 0; i < 100; i++) {
                pings.writeBytes(SocketPeer.frame(0x89, new byte[125]));
            }
            byte[] many = pings.toByteArray();
            while (!over.get()) {
                peer.write(many);
            }
        } finally {
            peer.reset();
        }
    }

    /** Everybody may do everything; but who joins one channel has to wait. */
    private final class Blocking implements RelayPolicy {

        @Override
        public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
            if (channel.value().equals("blocked")) {
                try {
                    assertTrue(leaveOff.await(20, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Admission.granted();
        }

        @Override
        public Audience audience(ChannelName channel, Member sender, Identity identity) {
            return Audience.everyone();
        }
    }
}
