package dev.signaling.jakarta;

/** A client, as a story needs it: in memory or at the other end of a socket. */
interface Peer extends AutoCloseable {

    void send(String text);

    void sendBinary(byte[] message);

    /** The next text from the server, waited for. Fails if the connection ends instead, or nothing comes. */
    String next();

    /** Reads to the end of the connection: its close code and reason, such as {@code 1003 binary-message}. */
    String ending();

    /** Goes, saying so. */
    @Override
    void close();

    default void join(String channel) {
        send("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}");
    }
}
