package dev.signaling.spi;

import dev.signaling.message.ClientMessage;
import dev.signaling.message.ServerMessage;
import java.util.Optional;

/**
 * A codec between text and the two vocabularies: how one family of clients writes its messages down.
 *
 * <p>Without state, and used by many threads at once; must not block. What stands inside a relayed payload is checked to
 * be JSON and is otherwise none of a dialect's concern: it comes out as the text that went in.
 */
public interface Dialect extends Delivery.Form<Optional<String>> {

    /** How its clients are treated. */
    Terms terms();

    /**
     * Reads what a client sent.
     *
     * @throws MalformedMessageException if the text is no message of this dialect's
     */
    ClientMessage decode(String text) throws MalformedMessageException;

    /** Writes a message down for a client; empty if this dialect has no words for it and the client is not to hear of it. */
    @Override
    Optional<String> encode(ServerMessage message);
}
