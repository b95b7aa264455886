package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Sends more than it may until the server has had enough, and comes again. */
final class Flooder implements ClientSocket.Listener {

    private static final int AT_ONCE = 2_500;
    private static final byte[] WORD = "{\"type\":\"flood\"}".getBytes(UTF_8);

    private final Crowd crowd;
    private final String channel;
    private Optional<ClientSocket> socket = Optional.empty();

    Flooder(Crowd crowd, int pair) {
        this.crowd = crowd;
        channel = "flood-" + pair;
    }

    void come() {
        if (crowd.leaving) {
            return;
        }
        crowd.connections++;
        crowd.open++;
        socket = Optional.of(crowd.loop.connect(crowd.url, this));
    }

    @Override
    public void text(ByteBuffer payload) {
        crowd.heard++;
        if (payload.remaining() == 33) { // connection-established
            socket.orElseThrow().send(("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}").getBytes(UTF_8));
            floodLater(socket.orElseThrow());
        }
    }

    /** Again and again: on a busy machine one flood may come in so slowly that it is none. */
    private void floodLater(ClientSocket line) {
        crowd.agenda.in(5_000, 15_000, () -> {
            if (socket.equals(Optional.of(line))) {
                for (int i = 0; i < AT_ONCE; i++) {
                    line.send(WORD);
                }
                crowd.sent += AT_ONCE;
                floodLater(line);
            }
        });
    }

    @Override
    public void closing(int code, String reason) {
        if (code != 1008) {
            throw new Violation("the server closed a flooder's connection with " + code + " " + reason);
        }
        crowd.floods++;
    }

    @Override
    public void closed() {
        if (socket.isPresent()) {
            socket = Optional.empty();
            crowd.open--;
            crowd.agenda.in(1_000, 3_000, this::come);
        }
    }

    @Override
    public void broken(IOException why) {
        crowd.floods++;
        closed();
    }
}
