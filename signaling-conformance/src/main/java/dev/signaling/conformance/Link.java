package dev.signaling.conformance;

import java.io.IOException;

/** A WebSocket as a client has it. What comes goes to its {@link Inbox}. */
interface Link {

    Inbox inbox();

    /** The subprotocol that the server agreed to, empty if none. */
    String subprotocol();

    /** Sends one text message. Blocks until it has left, for the target's timeout at most. */
    void send(String text) throws IOException, InterruptedException;

    /** Says goodbye by a close frame with that code. */
    void close(int code) throws IOException, InterruptedException;

    /** Ends the connection without a close frame. */
    void cut();
}
