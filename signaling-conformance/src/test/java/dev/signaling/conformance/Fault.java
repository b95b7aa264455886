package dev.signaling.conformance;

import java.util.List;

/** What a proxy does wrong on one connection. By itself nothing. Its methods are called by a thread for each direction. */
class Fault {

    /** The head of the handshake's request. */
    String request(String head) {
        return head;
    }

    /** What a plain request of HTTP is answered with. */
    String response(String answer) {
        return answer;
    }

    /** What goes to the server in place of a frame of the client's. */
    List<Frame> up(Frame frame) {
        return List.of(frame);
    }

    /** What goes to the client in place of a frame of the server's. */
    List<Frame> down(Frame frame) {
        return List.of(frame);
    }

    /** What goes to the client by itself, when that frame of its has come. */
    List<Frame> echo(Frame frame) {
        return List.of();
    }
}
