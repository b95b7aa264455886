package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Comes, joins, talks a little, moves on, and goes: with a word, without one, or without ever having joined. Then comes again. */
final class Guest implements ClientSocket.Listener {

    private static final int CHANNELS = 200;
    private static final int MOST_WORDS = 5;

    private final Crowd crowd;
    private Optional<ClientSocket> socket = Optional.empty();
    private String channel = "";
    private boolean v1;
    private int words;
    private int visit;

    Guest(Crowd crowd) {
        this.crowd = crowd;
    }

    void come() {
        if (crowd.leaving) {
            return;
        }
        visit++;
        words = 0;
        v1 = crowd.agenda.random(3) > 0;
        crowd.connections++;
        crowd.open++;
        socket = Optional.of(crowd.loop.connect(crowd.url, v1 ? Optional.of("signaling.v1") : Optional.empty(), this));
        if (crowd.agenda.random(50) > 0) { // else it says nothing until the server has had enough
            int now = visit;
            crowd.agenda.in(100, 1_000, () -> talk(now));
            crowd.agenda.in(1_000, 12_000, () -> {
                if (visit == now) {
                    go();
                }
            });
        }
    }

    private void talk(int begun) {
        if (visit != begun || crowd.leaving || socket.isEmpty()) {
            return;
        }
        if (words % 3 == 0) {
            if (v1 && words > 0) {
                send("{\"type\":\"leave-channel\",\"channel\":\"" + channel + "\"}");
            }
            channel = "crowd-" + crowd.agenda.random(CHANNELS);
            send("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\",\"x\":1}");
        } else if (v1) {
            send("{\"type\":\"signal\",\"channel\":\"" + channel + "\",\"data\":{\"type\":\"offer\",\"sdp\":\"v=0\"}}");
        } else {
            send("{\"type\":\"offer\",\"sdp\":\"v=0\"}");
        }
        if (++words < MOST_WORDS) {
            crowd.agenda.in(200, 1_500, () -> talk(begun));
        }
    }

    private void send(String text) {
        crowd.sent++;
        socket.orElseThrow().send(text.getBytes(UTF_8));
    }

    private void go() {
        visit++;
        if (socket.isEmpty()) {
            return;
        }
        if (crowd.agenda.random(2) == 0) {
            crowd.cuts++;
            socket.get().cut();
            gone();
        } else {
            socket.get().close();
        }
    }

    private void gone() {
        if (socket.isPresent()) {
            socket = Optional.empty();
            crowd.open--;
            crowd.agenda.in(1, 2_000, this::come);
        }
    }

    @Override
    public void text(ByteBuffer payload) {
        crowd.heard++;
    }

    @Override
    public void closing(int code, String reason) {
        if (!reason.equals("join-timeout")) {
            throw new Violation("the server closed a guest's connection with " + code + " " + reason);
        }
    }

    @Override
    public void closed() {
        gone();
    }

    @Override
    public void broken(IOException why) {
        gone();
    }
}
