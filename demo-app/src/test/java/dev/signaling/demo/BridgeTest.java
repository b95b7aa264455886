package dev.signaling.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo's own way between the network and Tyrus, with frames cut, joined, broken and left unread. */
class BridgeTest {

    private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer signaling = SignalingServer.of(SignalingHub.builder()
            .store(store)
            .limits(Limits.builder()
                    .messagesPerSecond(1_000_000)
                    .messageBurst(1_000_000)
                    .charactersPerSecond(1_000_000_000)
                    .characterBurst(1_000_000_000)
                    .build())
            .build());
    private final DemoServer server = start(signaling);

    private static DemoServer start(SignalingServer signaling) {
        try {
            return DemoServer.start("127.0.0.1", 0, OriginPolicy.anyone(), signaling);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertEquals(0, signaling.hub().connections(), "connections");
            assertEquals(0, signaling.sessions(), "sessions");
            assertEquals(0, store.channels(), "channels");
        });
        server.stop();
    }

    private WireClient member() {
        return WireClient.member(server.port());
    }

    private static String textOf(int characters) {
        String envelope = "{\"type\":\"offer\",\"sdp\":\"\"}";
        return envelope.replace("\"\"", '"' + "\u00e9x".repeat(characters).substring(0, characters) + '"');
    }

    @Test
    void readsFramesHoweverTheyAreCut() {
        try (WireClient sender = member();
                WireClient receiver = member()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            List<String> texts = IntStream.of(0, 1, 2, 3, 4, 100, 101, 102, 200, 70_000 - 5_000)
                    .mapToObj(BridgeTest::textOf)
                    .toList();
            texts.forEach(text -> all.writeBytes(WireClient.text(text)));
            byte[] bytes = all.toByteArray();
            for (int piece : new int[] {1, 3, 7, 1_000, bytes.length}) {
                int small = Math.min(bytes.length, 1_000); // one byte a write only so far: the rest is more of the same
                for (int from = 0; from < bytes.length; ) {
                    int length = Math.min(from < small ? piece : Math.max(piece, 50_000), bytes.length - from);
                    sender.write(bytes, from, length);
                    from += length;
                }
                for (String text : texts) {
                    assertEquals(text, receiver.next());
                }
            }
        }
    }

    @Test
    void readsAMessageInManyFramesWithPingsInBetween() {
        try (WireClient sender = member();
                WireClient receiver = member()) {
            byte[] bytes = textOf(3_000).getBytes(UTF_8);
            for (int from = 0; from < bytes.length; from += 100) {
                byte[] part = java.util.Arrays.copyOfRange(bytes, from, Math.min(from + 100, bytes.length));
                boolean last = from + 100 >= bytes.length;
                sender.write(WireClient.frame((last ? WireClient.FINAL : 0) | (from == 0 ? WireClient.TEXT : 0), part));
                sender.write(WireClient.frame(0x8a, new byte[0])); // a pong that nobody asked for
            }
            assertEquals(textOf(3_000), receiver.next());
        }
    }

    @Test
    void closesAFrameThatIsTooLongWithoutWaitingForIt() {
        try (WireClient other = member();
                WireClient receiver = member()) {
            try (WireClient sender = member()) {
                byte[] frame = WireClient.frame(WireClient.FINAL | WireClient.TEXT, new byte[30_000_000]);
                sender.write(frame, 0, 100);
                assertEquals("close 1009 message-too-large", sender.next());
            }
            try (WireClient sender = member()) {
                CompletableFuture<String> answer = CompletableFuture.supplyAsync(sender::next);
                try {
                    sender.write(WireClient.frame(WireClient.FINAL | WireClient.TEXT, new byte[30_000_000]));
                } catch (UncheckedIOException e) {
                    assertTrue(String.valueOf(e.getMessage()).length() > 0); // the server did not wait for the rest
                }
                assertTrue(List.of("close 1009 message-too-large", "end").contains(within(answer)));
            }
            other.write(WireClient.text(OFFER));
            assertEquals(OFFER, receiver.next());
        }
    }

    @Test
    void closesFramesThatAreNone() {
        try (WireClient other = member();
                WireClient receiver = member()) {
            byte[] unmasked = {(byte) 0x81, 2, '{', '}'};
            byte[] negativeLength = {(byte) 0x81, (byte) 0xff, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
            byte[] unknown = {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
            byte[] reserved = {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0};
            byte[] nothingToContinue = {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0};
            byte[] longPing = {(byte) 0x89, (byte) 0xfe, 0, 126, 0, 0, 0, 0};
            for (byte[] frame : List.of(unmasked, negativeLength, unknown, reserved, nothingToContinue, longPing)) {
                try (WireClient client = member()) {
                    client.write(frame);
                    String ending = client.next();
                    assertTrue(ending.startsWith(frame == negativeLength ? "close 1009" : "close 1002"), ending);
                }
            }
            other.write(WireClient.text(OFFER));
            assertEquals(OFFER, receiver.next());
        }
    }

    @Test
    void closesAPeerThatDoesNotReadAndHoldsUpNobody() {
        try (WireClient sender = member();
                WireClient reader = member();
                WireClient stuck = member()) {
            String text = textOf(60_000);
            byte[] frame = WireClient.text(text);
            for (int sent = 0; signaling.hub().connections() == 3; sent++) {
                sender.write(frame);
                assertEquals(text, reader.next());
                assertTrue(sent < 2_000, "the peer that does not read is still there");
            }
            String last = "";
            while (!last.startsWith("close") && !last.equals("end")) {
                last = stuck.next();
            }
            assertEquals("close 1013 slow-consumer", last);
            sender.write(WireClient.text(OFFER));
            assertEquals(OFFER, reader.next());
        }
    }

    @Test
    void forgetsPeersThatVanish() {
        for (int i = 0; i < 50; i++) {
            new WireClient(server.port()).reset();
            WireClient half = new WireClient(server.port());
            half.write("GET /signal HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n".getBytes(UTF_8));
            half.reset();
            WireClient opened = new WireClient(server.port());
            opened.handshake("/signal");
            opened.reset();
            WireClient hasty = new WireClient(server.port());
            hasty.write(WireClient.upgrade("GET /signal HTTP/1.1"));
            hasty.reset();
            WireClient member = member();
            member.write(WireClient.claim(WireClient.FINAL | WireClient.TEXT, 0x80, 1_000));
            member.reset();
        }
    }

    @Test
    void losesNothingWhenAllSendAtOnce() {
        int each = 2_000;
        List<WireClient> peers = IntStream.range(0, 4).mapToObj(i -> member()).toList();
        List<CompletableFuture<List<String>>> heard = peers.stream()
                .map(peer -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 3 * each)
                                .mapToObj(i -> peer.next())
                                .toList(),
                        task -> new Thread(task).start()))
                .toList();
        List<CompletableFuture<Void>> said = IntStream.range(0, 4)
                .mapToObj(sender -> CompletableFuture.runAsync(
                        () -> texts(sender, each)
                                .forEach(text -> peers.get(sender).write(WireClient.text(text))),
                        task -> new Thread(task).start()))
                .toList();
        said.forEach(BridgeTest::within);
        for (int receiver = 0; receiver < 4; receiver++) {
            List<String> got = within(heard.get(receiver));
            for (int sender = 0; sender < 4; sender++) {
                String mark = "\"s" + sender + "\"";
                assertEquals(
                        sender == receiver ? List.of() : texts(sender, each),
                        got.stream().filter(text -> text.contains(mark)).toList());
            }
        }
        peers.forEach(WireClient::close);
    }

    private static List<String> texts(int sender, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"type\":\"icecandidate\",\"from\":\"s" + sender + "\",\"n\":" + i + "}")
                .toList();
    }

    private static <T> T within(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void refusesHandshakesWhileItStops() {
        try (WireClient client = member()) {
            signaling.close();
            assertEquals("{\"type\":\"going-away\"}", client.next());
            assertEquals("close 1001 going-away", client.next());
        }
    }
}
