package dev.signaling.benchmarks;

import java.nio.ByteBuffer;

/** One of two that are there all the time, in the tutorial's format, and compare what they get byte for byte. */
final class SteadyPeer extends Peer {

    private final Crowd crowd;
    private final NumberedText texts;
    private SteadyPeer other = this;
    private boolean joined;
    private long said;
    private long arrived; // of what this one said, at the other

    SteadyPeer(Crowd crowd, String channel, String name) {
        super(crowd.loop, crowd.url, channel);
        this.crowd = crowd;
        crowd.connections++;
        texts = NumberedText.candidate(channel + "-" + name, 300);
    }

    void meets(SteadyPeer peer) {
        other = peer;
    }

    @Override
    void joined() {
        joined = true;
        crowd.agenda.in(1, 500, this::say);
    }

    private void say() {
        if (crowd.leaving) {
            return;
        }
        if (other.joined) {
            send(texts.numbered(said++));
            crowd.sent++;
        }
        crowd.agenda.in(300, 700, this::say);
    }

    @Override
    void received(ByteBuffer payload) {
        other.texts.requireEqual(other.arrived++, payload);
        crowd.heard++;
    }

    boolean isServed() {
        return joined && said == arrived;
    }
}
