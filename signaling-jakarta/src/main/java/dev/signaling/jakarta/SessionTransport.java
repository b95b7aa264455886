package dev.signaling.jakarta;

import dev.signaling.message.CloseStatus;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import jakarta.websocket.SendHandler;

/** What an outbox needs of its session. */
interface SessionTransport {

    /** Sends the delivery's text; the handler is told of the end of it, from inside or later. */
    void send(Delivery delivery, Dialect dialect, SendHandler handler);

    /** Sends a ping. Called only while no send is under way. */
    void ping();

    /** Ends the session with that status, on a thread that may wait. */
    void close(CloseStatus status);

    /** A send has failed: nothing more gets through. */
    void broken();

    /** The server's clock, in milliseconds, never 0; exact to about a second. */
    long now();
}
