package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static dev.signaling.jakarta.TutorialStory.JOINED;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Peers that are there no more, over real sockets: the others go on and nothing of them stays. */
class LivenessOverTyrusTest {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final Set<CloseStatus> endings = ConcurrentHashMap.newKeySet();
    private final SignalingServer server = SignalingServer.builder(SignalingHub.builder()
                    .store(store)
                    .listener(new SignalingListener() {
                        @Override
                        public void disconnected(PeerId peer, CloseStatus status) {
                            endings.add(status);
                        }
                    })
                    .build())
            .liveness(new Liveness(
                    Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(1)))
            .build();

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertEquals(0, server.hub().connections(), "connections");
            assertEquals(0, server.sessions(), "sessions");
            assertEquals(0, store.channels(), "channels");
        });
    }

    private SocketPeer arrive() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        assertEquals(ESTABLISHED, peer.next());
        return peer;
    }

    private SocketPeer member() {
        SocketPeer peer = arrive();
        peer.join("stream-video");
        assertEquals(JOINED, peer.next());
        return peer;
    }

    @Test
    void reapsPeersThatVanishRightAfterOpening() {
        for (int i = 0; i < 50; i++) {
            SocketPeer.open(node.port(), "/signal").reset();
            arrive().reset();
            member().reset();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> server.hub().connections() == 0);
    }

    @Test
    void reapsAPeerThatFallsSilentAndKeepsOneThatAnswersPings() throws Exception {
        SocketPeer silent = member(); // it answers pings while it reads, and does not read
        try (SocketPeer reader = member()) {
            CompletableFuture<String> ending = CompletableFuture.supplyAsync(reader::ending);
            await().atMost(Duration.ofSeconds(10)).until(() -> endings.contains(CloseStatus.TIMED_OUT));
            assertEquals("1001 timed-out", silent.ending());
            assertEquals(1, server.hub().connections());
            assertFalse(ending.isDone());
            server.close();
            assertEquals("1001 going-away", ending.get(10, TimeUnit.SECONDS));
        }
    }
}
