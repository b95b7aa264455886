package dev.signaling.servers;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Peers of both formats in one channel, who talk without a pause while the application is taken from under them. */
final class Farewell implements AutoCloseable {

    /** What each of them has to hear at the end, where the server lets us (T23, V29). */
    static final String OURS = "going-away, 1001";

    private static final int PEERS = 8;
    /** Twice the messages of a round in which each says something: they all hear each other. */
    private static final int UNDER_WAY = 2 * PEERS;
    /** Of each peer: a quarter of what the limits let it send in the long run, so that all are heard within a second. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final String JOIN = "{\"type\":\"join-channel\",\"channel\":\"farewell\"}";
    private static final String SIGNAL = "{\"type\":\"signal\",\"channel\":\"farewell\",\"data\":{\"type\":\"offer\"}}";

    private final List<WirePeer> peers = new ArrayList<>();
    private final List<Future<?>> talks = new ArrayList<>();
    private final ScheduledExecutorService talking = Executors.newScheduledThreadPool(2);

    private Farewell() {}

    /** Lets them meet, and returns when the talk is under way. */
    static Farewell between(URI signal) {
        Farewell farewell = new Farewell();
        try {
            IntStream.range(0, PEERS).forEach(number -> farewell.enter(signal, number % 2 == 0));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> farewell.peers.stream().allMatch(peer -> peer.waiting() > UNDER_WAY));
            return farewell;
        } catch (RuntimeException | Error e) {
            farewell.close();
            throw e;
        }
    }

    private void enter(URI signal, boolean isV1) {
        WirePeer peer = new WirePeer(signal, isV1 ? Optional.of("signaling.v1") : Optional.empty());
        peers.add(peer);
        peer.send(JOIN);
        String message = isV1 ? SIGNAL : "{\"type\":\"offer\"}";
        talks.add(talking.scheduleAtFixedRate(
                () -> speak(peer, message), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS)); // until one fails
    }

    /** Not behind the farewell: Java's client that finds the connection gone may not tell of the close frame before. */
    private static void speak(WirePeer peer, String message) {
        if (!peer.isToldToGo()) {
            peer.send(message);
        }
    }

    /** What they hear from the farewell on, or their connections' end: each different ending once. */
    String heard() {
        List<CompletableFuture<String>> endings = peers.stream()
                .map(peer -> CompletableFuture.supplyAsync(peer::farewell))
                .toList();
        return String.join(
                " / ",
                new TreeSet<>(endings.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void close() {
        talks.forEach(talk -> talk.cancel(true));
        talking.shutdownNow();
        peers.forEach(WirePeer::close);
    }
}
