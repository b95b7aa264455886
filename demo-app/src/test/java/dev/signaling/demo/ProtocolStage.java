package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SharedSecretTurn;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.jakarta.Handshake;
import dev.signaling.jakarta.IceServersResponse;
import dev.signaling.jakarta.OriginPolicy;
import dev.signaling.jakarta.SignalingServer;
import dev.signaling.jakarta.TutorialDialect;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.SignalingListener;
import dev.signaling.spi.Terms;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A server with a clock of the test's own and two clients: where one example of PROTOCOL.md is played. The other client is p2,
 * the one of the example p1, and the connections that it opens later are p3, p4.
 */
final class ProtocolStage implements AutoCloseable {

    private static final String FOREIGN = "C: [connects from a page of another origin]";
    private static final String UNKNOWN = "C: [asks for the subprotocol signaling.v9]";
    private static final String ASKS = "C: [asks for the subprotocols ";
    private static final String SHORT_TOKEN = "C: [shows a token that is good for 10 s]";
    private static final String BY_PART_1 = "C: [comes in by part 1, and is p1]";
    private static final Handshake BARE_REQUEST =
            new Handshake(Optional.empty(), Map.of(), Map.of(), List.of(), Optional.empty());
    private static final String STOP = "S: [is told to stop]";
    private static final String JOIN = "{\"type\":\"join-channel\",\"channel\":\"stream-video\"}";

    /** They need minutes, or a client that leaves bytes unread: only their close codes are compared. */
    private static final Set<String> TOO_LONG = Set.of(
            "C: [joins stream-video, and then reads nothing while the others go on sending]",
            "C: [nothing for 75 s, not even pongs]");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final BlockingQueue<PeerId> suspended = new LinkedBlockingQueue<>();
    private final Iterator<Integer> numbers = IntStream.concat(IntStream.of(2, 1), IntStream.iterate(3, i -> i + 1))
            .iterator();
    private final ProtocolFormat format;
    private final SignalingHub hub;
    private final SignalingServer signaling;
    private final DemoServer server;
    private final TextPeer other;
    private Optional<TextPeer> client = Optional.empty();
    private String refusal = "";
    private String firstToken = "";

    /**
     * The stage before the example begins.
     *
     * @param iceServers whether the host has some
     */
    ProtocolStage(ProtocolFormat format, boolean iceServers) throws IOException, InterruptedException {
        this.format = format;
        hub = SignalingHub.builder()
                .clock(now::get)
                .peerIds(() -> new PeerId("p" + numbers.next()))
                .iceServers(iceServers ? relays() : IceServers.none())
                .listener(new SignalingListener() {
                    @Override
                    public void suspended(PeerId peer) {
                        suspended.add(peer);
                    }
                })
                .build();
        signaling = SignalingServer.builder(hub).authenticator(new Tokens()).build();
        server = DemoServer.start(
                "127.0.0.1", 0, OriginPolicy.anyone(), signaling); // so that the library's own check is seen
        other = new TextPeer(server.port(), Optional.empty(), format.subprotocol());
        other.send(JOIN);
        assertHeard(format.established(), other.next());
        assertHeard(format.joined(), other.next());
    }

    private IceServers relays() {
        return SharedSecretTurn.builder()
                .stun("stun:stun.example.org")
                .turn("turn:turn.example.org?transport=udp")
                .secret("north")
                .clock(now::get)
                .build();
    }

    void play(List<String> example) throws InterruptedException {
        String first = example.get(0);
        if (TOO_LONG.contains(first)) {
            assertTrue(Stream.of(CloseStatus.values())
                    .anyMatch(status -> example.get(1).equals("S: close " + status.code() + " " + status.reason())));
            return;
        }
        if (example.toString().contains("\"full\"")) {
            fillChannel("full");
        }
        ProtocolFormat spoken = first.equals(BY_PART_1) ? ProtocolFormat.TUTORIAL : format;
        connect(first, spoken);
        if (client.isPresent() && !first.equals(FOREIGN) && !first.startsWith("S: {")) {
            note(spoken.established(), client.get().next());
        }
        for (String line : example) {
            play(line);
        }
        String last = example.get(example.size() - 1);
        if (client.isPresent() && !last.startsWith("S: close")) {
            requireNothingMore(client.get(), spoken);
        }
        if (!first.equals(STOP)) {
            requireNothingMore(other, format);
        }
    }

    private void connect(String first, ProtocolFormat spoken) {
        Optional<String> origin = first.equals(FOREIGN) ? Optional.of("http://example.org") : Optional.empty();
        Optional<String> subprotocols = subprotocols(first, spoken);
        try {
            client = Optional.of(new TextPeer(server.port(), origin, subprotocols));
        } catch (CompletionException e) {
            refusal = e.getCause() instanceof WebSocketHandshakeException answer
                    ? "HTTP " + answer.getResponse().statusCode()
                    : e.toString();
        }
    }

    /** What the first line says that the client asks for. */
    private static Optional<String> subprotocols(String first, ProtocolFormat spoken) {
        if (first.equals(UNKNOWN)) {
            return Optional.of("signaling.v9");
        } else if (first.equals(SHORT_TOKEN)) {
            return Optional.of(spoken.subprotocol().orElse(TutorialDialect.SUBPROTOCOL) + " and signaling.token.10s");
        } else if (first.startsWith(ASKS)) {
            return Optional.of(first.substring(ASKS.length(), first.length() - 1));
        }
        return spoken.subprotocol();
    }

    private void play(String line) throws InterruptedException {
        String text = line.substring(3);
        if (line.equals(STOP)) {
            signaling.close();
        } else if (line.startsWith("S: HTTP")) {
            assertHeard(text, refusal);
        } else if (line.startsWith("S: ")) {
            note(text, client().next());
        } else if (line.startsWith("O: ")) {
            assertHeard(text, other.next());
        } else if (line.startsWith("C: [")) {
            act(text.substring(1, text.length() - 1));
        } else if (line.startsWith("C: ")) {
            client().send(text.replace("[the first token]", firstToken));
        } else {
            throw new AssertionError("no line of an example: " + line);
        }
    }

    private TextPeer client() {
        return client.orElseThrow(() -> new AssertionError("the client is gone: " + refusal));
    }

    private void act(String words) throws InterruptedException {
        switch (words) {
            case "connects from a page of another origin",
                    "asks for the subprotocol signaling.v9",
                    "asks for the subprotocols signaling.tutorial and signaling.token.x",
                    "asks for the subprotocols signaling.v1 and signaling.token.x",
                    "shows a token that is good for 10 s",
                    "comes in by part 1, and is p1" -> {}
            case "a text of 65537 characters" -> client().send("x".repeat(65_537));
            case "a binary message" -> client().sendBinary();
            case "nothing for 10 s" -> elapse(10);
            case "nothing for 30 s" -> elapse(30);
            case "nothing but pings for 30 min" -> elapse(1_800);
            case "asks by HTTP for /signal/ice-servers" -> {
                IceServersResponse answer = signaling.iceServers("GET", BARE_REQUEST);
                refusal = "HTTP " + answer.status() + " " + answer.body();
            }
            case "so many messages at once that one is refused" -> {
                for (int i = 0; i < hub.limits().messageBurst(); i++) {
                    client().send(format.question());
                    assertEquals(format.answer(), client().next());
                }
                client().send(format.question());
            }
            case "so many characters at once that one is refused" -> {
                String text = "x".repeat(hub.limits().messageCharacters());
                for (int i = 0; i < hub.limits().characterBurst() / text.length(); i++) {
                    client().send(text);
                    assertHeard("{\"type\":\"error\",\"code\":\"malformed-message\",[and so on]}", client().next());
                }
                client().send(text);
            }
            case "closes its connection with 1000" -> {
                client().sendClose(1000);
                client = Optional.empty();
            }
            case "loses its connection and opens another one" -> {
                lose();
                comeBack();
            }
            case "loses its connection and does not come back for 30 s" -> {
                lose();
                elapse(30);
            }
            case "loses its connection, is sent too much, and opens another one" -> {
                client().send(JOIN);
                assertHeard(format.joined(), client().next());
                lose();
                flood();
                comeBack();
            }
            case "opens another connection and resumes there" -> {
                try (TextPeer second = new TextPeer(server.port(), Optional.empty(), format.subprotocol())) {
                    assertHeard(format.established(), second.next());
                    second.send("{\"type\":\"resume\",\"received\":0,\"token\":\"" + firstToken + "\"}");
                    assertHeard(format.established(), second.next());
                }
            }
            default -> throw new AssertionError("nobody knows how to play: " + words);
        }
    }

    /** Without a close frame. */
    private void lose() throws InterruptedException {
        client().close();
        client = Optional.empty();
        assertEquals(new PeerId("p1"), suspended.poll(10, TimeUnit.SECONDS));
    }

    private void comeBack() {
        client = Optional.of(new TextPeer(server.port(), Optional.empty(), format.subprotocol()));
    }

    /** More than is kept for p1. What p2 is told of it is not part of the example. */
    private void flood() throws InterruptedException {
        assertHeard("{\"type\":\"peer-joined\",[and so on]}", other.next());
        String large = "\"" + "x".repeat(60_000) + "\"";
        for (int i = 0; i * large.length() <= hub.limits().outboxCharacters(); i++) {
            other.send("{\"type\":\"signal\",\"channel\":\"stream-video\",\"data\":" + large + "}");
        }
        other.send(format.question());
        assertHeard(format.answer(), other.next());
    }

    /** Compares, and notes the first token. */
    private void note(String expected, String heard) {
        assertHeard(expected, heard);
        Matcher token = Pattern.compile("\"resume\":\"([^\"]+)\"").matcher(heard);
        if (firstToken.isEmpty() && token.find()) {
            firstToken = token.group(1);
        }
    }

    /** What stands in square brackets stands for something; but for the rest of a message, without a quotation mark. */
    private static void assertHeard(String expected, String heard) {
        StringBuilder pattern = new StringBuilder();
        Matcher words = Pattern.compile("\\[[a-z][a-z ]*]").matcher(expected);
        int end = 0;
        while (words.find()) {
            pattern.append(Pattern.quote(expected.substring(end, words.start())))
                    .append(words.group().equals("[and so on]") ? ".*" : "[^\"]+");
            end = words.end();
        }
        pattern.append(Pattern.quote(expected.substring(end)));
        if (!heard.matches(pattern.toString())) {
            assertEquals(expected, heard);
        }
    }

    /** What a peer is told next is the answer to what it says next: nothing came in between. */
    private void requireNothingMore(TextPeer peer, ProtocolFormat spoken) throws InterruptedException {
        elapse(10); // after which no rate is exceeded
        peer.send(spoken.question());
        assertHeard(spoken.answer(), peer.next());
    }

    private void elapse(long seconds) {
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(seconds)));
    }

    private void fillChannel(String name) {
        var join =
                new ClientMessage.JoinChannel(new ChannelName(name), Role.PEER, Payload.EMPTY_OBJECT, Optional.empty());
        for (int i = 0; i < hub.limits().peersPerChannel(); i++) {
            hub.connect(new Silence(), Terms.ONE_CHANNEL).orElseThrow().receive(join);
        }
    }

    @Override
    public void close() {
        client.ifPresent(TextPeer::close);
        other.close();
        server.stop();
    }

    /** Lets everybody in, and for ten seconds whoever shows a token that says so. */
    private final class Tokens implements Authenticator {

        @Override
        public Authentication authenticate(Handshake handshake) {
            boolean ends = handshake.subprotocolToken().filter("10s"::equals).isPresent();
            return Authentication.granted(ends ? forTenSeconds() : Identity.anonymous());
        }

        @Override
        public Optional<Identity> renew(String token, Identity current) {
            return token.equals("good for another 10 s") ? Optional.of(forTenSeconds()) : Optional.empty();
        }

        private Identity forTenSeconds() {
            return Identity.anonymous()
                    .withExpiry(Objects.requireNonNull(now.get()).plusSeconds(10));
        }
    }

    /** The outbox of a peer that is not listening. */
    private static final class Silence implements Outbox {

        @Override
        public boolean offer(Delivery delivery) {
            return true;
        }

        @Override
        public void close(CloseStatus status) {}
    }
}
