package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ANSWER;
import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static dev.signaling.jakarta.TutorialStory.JOINED;
import static dev.signaling.jakarta.TutorialStory.OFFER;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Many messages at once, huge ones, and peers that do not read them. */
class MessagesOverTyrusTest {

    private static final int EACH = 2_000;

    private final SignalingServer server = SignalingServer.of(SignalingHub.builder()
            .limits(Limits.builder()
                    .messagesPerSecond(1_000_000)
                    .messageBurst(1_000_000)
                    .charactersPerSecond(1_000_000_000)
                    .characterBurst(1_000_000_000)
                    .outboxMessages(20_000)
                    .outboxCharacters(1 << 22)
                    .build())
            .build());

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(10)).until(() -> server.hub().connections() + server.sessions() == 0);
    }

    private SocketPeer member() {
        SocketPeer peer = SocketPeer.open(node.port(), "/signal");
        assertEquals(ESTABLISHED, peer.next());
        peer.join("stream-video");
        assertEquals(JOINED, peer.next());
        return peer;
    }

    /** Each of four sends to all others at once: the container's threads overlap in every outbox. */
    @Test
    void losesNothingWhenAllSendAtOnce() throws Exception {
        List<SocketPeer> peers = IntStream.range(0, 4).mapToObj(i -> member()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<String>>> work = new ArrayList<>();
            for (SocketPeer peer : peers) {
                work.add(() ->
                        texts(peers.indexOf(peer)).stream().peek(peer::send).toList());
                work.add(() ->
                        IntStream.range(0, 3 * EACH).mapToObj(i -> peer.next()).toList());
            }
            var done = threads.invokeAll(work);
            for (int receiver = 0; receiver < 4; receiver++) {
                List<String> got = done.get(2 * receiver + 1).get();
                for (int sender = 0; sender < 4; sender++) {
                    String mark = "\"s" + sender + "\"";
                    assertEquals(
                            sender == receiver ? List.of() : texts(sender),
                            got.stream().filter(text -> text.contains(mark)).toList());
                }
            }
        } finally {
            threads.shutdownNow();
            peers.forEach(SocketPeer::close);
        }
    }

    private static List<String> texts(int sender) {
        return IntStream.range(0, EACH)
                .mapToObj(i -> "{\"type\":\"icecandidate\",\"from\":\"s" + sender + "\",\"n\":" + i + "}")
                .toList();
    }

    /** A frame of 30 MB, which Tyrus refuses itself, and a text of 30 MB in frames that it takes. */
    @Test
    void endsAPeerThatSendsATextOfThirtyMegabytes() {
        try (SocketPeer sender = member();
                SocketPeer receiver = member()) {
            String text = TutorialStory.textOf(30_000_000);
            SocketPeer oneFrame = member();
            sendUntilRefused(() -> oneFrame.send(text));
            await().until(() -> server.hub().connections() == 2);
            oneFrame.reset();
            SocketPeer manyFrames = member();
            sendUntilRefused(() -> manyFrames.sendInParts(text, 1_000));
            assertEquals("1009 message-too-large", manyFrames.ending());
            sender.send(OFFER);
            assertEquals(OFFER, receiver.next());
        }
    }

    @Test
    void closesAPeerThatDoesNotReadAndHoldsUpNobody() {
        try (SocketPeer sender = member();
                SocketPeer reader = member();
                SocketPeer stuck = member()) {
            String text = TutorialStory.textOf(60_000);
            for (int sent = 0; server.hub().connections() == 3; sent++) {
                sender.send(text);
                assertEquals(text, reader.next());
                assertTrue(sent < 2_000, "120 MB, and the peer that does not read is still there");
            }
            assertEquals("1013 slow-consumer", stuck.ending());
            sender.send(OFFER);
            assertEquals(OFFER, reader.next());
            reader.send(ANSWER);
            assertEquals(ANSWER, sender.next());
        }
    }

    private static void sendUntilRefused(Runnable send) {
        try {
            send.run();
        } catch (UncheckedIOException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 0); // the server did not wait for the rest
        }
    }
}
