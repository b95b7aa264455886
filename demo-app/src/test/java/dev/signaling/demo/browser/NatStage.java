package dev.signaling.demo.browser;

import dev.signaling.demo.browser.NatNetwork.Home;
import dev.signaling.demo.browser.NatNetwork.Nat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What a test across NATs plays on: somebody in each of two homes, and the demo and a TURN server between them. */
final class NatStage {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private final Stage stage;
    private final Supplier<NatHomes> homes;

    /** The homes are only asked for when a test needs them, which is then skipped if there cannot be any. */
    NatStage(Stage stage, Supplier<NatHomes> homes) {
        this.stage = stage;
        this.homes = homes;
    }

    /** The network, whose routers do this from now on. */
    NatNetwork behind(Nat nat) {
        network().become(nat);
        return network();
    }

    private NatNetwork network() {
        return homes.get().network();
    }

    /** The TURN server of all tests, which is never restarted. */
    Coturn coturn() {
        return witness(homes.get().coturn());
    }

    /** A TURN server for this test alone. */
    Coturn startCoturn(String... secrets) {
        return witness(stage.own(
                Coturn.start(network().internet(), List.of(NatNetwork.SERVER_TOO), NatHomes.TURN_PORT, secrets)));
    }

    /** The same, whose clock is so much ahead of all others. */
    Coturn startCoturnAhead(Duration ahead, String... secrets) {
        return witness(stage.own(Coturn.startAhead(
                ahead, network().internet(), List.of(NatNetwork.SERVER_TOO), NatHomes.TURN_PORT, secrets)));
    }

    private Coturn witness(Coturn coturn) {
        stage.addWitness("coturn", coturn::output);
        return coturn;
    }

    /** A demo with these options, which other tests use too. */
    DemoProcess demo(String... options) {
        return stage.use(homes.get().demo(complete(options)));
    }

    /** A demo that tells of the TURN server of all tests, reached by {@code udp} or {@code tcp}; other tests use it too. */
    DemoProcess demoWithTurn(String transport) {
        return demo(
                "--turn",
                coturn().turn(transport),
                "--turn-secret-file",
                homes.get().secrets().file().toString());
    }

    /** A demo with these options for this test alone. */
    DemoProcess startDemo(String... options) {
        return stage.startDemo(network().internet(), complete(options).toArray(String[]::new));
    }

    /** Browsers give a camera only to pages that came over https, when they are not from their own machine. */
    private static List<String> complete(String... options) {
        var all = new ArrayList<>(List.of("--host", "0.0.0.0", "--tls"));
        all.addAll(List.of(options));
        return all;
    }

    /** A file with secrets for a demo of this test alone. */
    Secrets secrets(String... secrets) {
        return stage.own(Secrets.of(secrets));
    }

    /** Opens a page of the demo in a new window at somebody's home. */
    Page open(Home home, BrowserKind kind, String path) {
        var page = stage.newPage(homes.get().browser(home, kind));
        page.open(stage.demo().pageAt(NatNetwork.SERVER, path));
        return page;
    }

    /**
     * Somebody at home A streams from a small camera in a room of its own, and somebody at home B opens it.
     *
     * @param query of both pages' addresses, such as {@code ?relay}
     */
    NatCall call(BrowserKind from, BrowserKind to, String query) {
        var path = newRoom() + query;
        return new NatCall(stream(from, path), LiveRoom.at(open(Home.B, to, path)));
    }

    /** One call from Chromium to Firefox and one back, at the same time. */
    List<NatCall> callsBothWays(String query) {
        return List.of(
                call(BrowserKind.CHROMIUM, BrowserKind.FIREFOX, query),
                call(BrowserKind.FIREFOX, BrowserKind.CHROMIUM, query));
    }

    /** The path of a live room that no other test knows. */
    String newRoom() {
        return "/live/across-" + CALLS.incrementAndGet();
    }

    /** Somebody at home A, who streams from a small camera in the room with that path. */
    LiveRoom stream(BrowserKind kind, String path) {
        var streamer = LiveRoom.at(open(Home.A, kind, path));
        SmallCamera.in(streamer.page());
        return streamer.startCamera();
    }
}
