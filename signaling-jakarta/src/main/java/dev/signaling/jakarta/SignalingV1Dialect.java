package dev.signaling.jakarta;

import dev.signaling.Limits;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Terms;
import java.util.Optional;

/**
 * The format {@value #SUBPROTOCOL}: several channels a connection, who is there and what it is, signals to one peer, and a
 * way back after a lost connection. What a client sends to others it puts into {@code data}, any JSON value, which they get
 * as the text that it was.
 *
 * <p>PROTOCOL.md, part 2, has its rules.
 */
public final class SignalingV1Dialect implements Dialect {

    /** What a client asks for at the handshake (RFC 6455, section 1.9) to speak this format. */
    public static final String SUBPROTOCOL = "signaling.v1";

    private final V1Writer writer;

    /**
     * Finds the JSON-B implementation of the class path.
     *
     * @param limits of the hub; the clients are told of them
     * @throws jakarta.json.bind.JsonbException if there is none
     */
    public SignalingV1Dialect(Limits limits) {
        writer = new V1Writer(limits);
    }

    @Override
    public Terms terms() {
        return Terms.RESUMABLE;
    }

    @Override
    public ClientMessage decode(String text) throws MalformedMessageException {
        return V1Reader.read(text);
    }

    /** Has words for everything: both sides count, so that nothing may be left out. */
    @Override
    public Optional<String> encode(ServerMessage message) {
        return Optional.of(writer.write(message));
    }
}
