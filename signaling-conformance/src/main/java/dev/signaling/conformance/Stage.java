package dev.signaling.conformance;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Where one check plays: its clients, which end with it, and channels that nobody else is in. */
final class Stage implements AutoCloseable {

    static final String V1 = "signaling.v1";

    private final Target target;
    private final Queue<Peer> peers = new ConcurrentLinkedQueue<>();

    Stage(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    Settings settings() {
        return target.settings();
    }

    Duration patience() {
        return target.settings().timeout();
    }

    /** A name that nobody else has. */
    String channel() {
        return "conformance-" + UUID.randomUUID();
    }

    /** A client of the tutorial's format that has heard the first message. */
    Peer tutorial() throws IOException, InterruptedException {
        return add(target.connect(List.of()), false).greeted();
    }

    /** The same, as a member of that channel. */
    Peer tutorial(String channel) throws IOException, InterruptedException {
        Peer peer = tutorial();
        peer.join(channel);
        return peer;
    }

    /** A client of signaling.v1 that has heard the first message. */
    Peer v1() throws IOException, InterruptedException {
        Peer peer = ungreeted();
        return peer.greeted();
    }

    /** A client of signaling.v1 that has not heard the first message yet. */
    Peer ungreeted() throws IOException, InterruptedException {
        Link link;
        try {
            link = target.connect(List.of(V1));
        } catch (Target.HandshakeException e) {
            throw new Untestable("the server does not speak signaling.v1: " + e.getMessage());
        }
        return add(link, true);
    }

    /** A client of signaling.v1 that is a member of that channel, of which these have been told. */
    Peer v1(String channel, Peer... there) throws IOException, InterruptedException {
        Peer peer = v1();
        peer.join(channel);
        for (Peer other : there) {
            other.expectJoined(peer.id());
        }
        return peer;
    }

    /** A client on a bare socket that has heard the first message, and hears all others. */
    Peer socket(boolean v1) throws IOException, InterruptedException {
        return add(deaf(v1).listen(), v1).greeted();
    }

    /** A client on a bare socket that reads nothing until told to. */
    SocketLink deaf(boolean v1) throws IOException {
        SocketLink link = target.connectSocket(v1 ? V1 : "");
        add(link, v1);
        return link;
    }

    /** The link of a client that {@link #socket} made. */
    static SocketLink socketOf(Peer peer) {
        return (SocketLink) peer.link();
    }

    /** Takes a link for a client of this stage. */
    Peer add(Link link, boolean v1) {
        Peer peer = new Peer(link, v1, patience());
        peers.add(peer);
        return peer;
    }

    /** What the host tells of its limits, all unknown if it speaks the tutorial's format only. */
    HostLimits limits() throws IOException, InterruptedException {
        try (Peer peer = v1()) {
            HostLimits limits = HostLimits.in(peer.greeting());
            peer.leave();
            return limits;
        } catch (Untestable e) {
            return HostLimits.in(JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
    }
}
