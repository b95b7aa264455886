package dev.signaling.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A client on a bare socket that reads nothing but the answer to its handshake, and so answers no ping. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE = 20_000; // ms
    private static final int SHORT_PATIENCE = 5_000;

    private final Socket socket;

    /** Asks for a connection, and does not wait for the answer. */
    RawClient(URI endpoint) throws IOException {
        this(endpoint, PATIENCE, new byte[0]);
    }

    /** Asks for a connection and to join in one packet. */
    static RawClient hasty(URI endpoint, String channel) throws IOException {
        return new RawClient(endpoint, SHORT_PATIENCE, join(channel));
    }

    private RawClient(URI endpoint, int patience, byte[] more) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.setSoTimeout(patience);
        socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), PATIENCE);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(("GET " + target(endpoint) + " HTTP/1.1\r\nHost: " + endpoint.getRawAuthority()
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(US_ASCII));
        packet.writeBytes(more);
        write(packet.toByteArray());
    }

    private static String target(URI endpoint) {
        return endpoint.getRawPath() + (endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery());
    }

    /** Waits until it is connected. */
    RawClient opened() throws IOException {
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the end in a handshake's answer: " + answer);
            }
            answer.append((char) next);
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("not connected: " + answer);
        }
        return this;
    }

    /** Waits until it has heard the first message: one short frame (RFC 6455, section 5.2). */
    RawClient greeted() throws IOException {
        opened();
        socket.getInputStream().readNBytes(1);
        int length = socket.getInputStream().read();
        String greeting = new String(socket.getInputStream().readNBytes(Math.max(0, length)), UTF_8);
        if (!WirePeer.greets(greeting)) {
            throw new IOException("not greeted: " + greeting);
        }
        return this;
    }

    /** Asks to join, and does not wait for the answer. */
    RawClient asksToJoin(String channel) throws IOException {
        write(join(channel));
        return this;
    }

    /** Begins to ask, and never comes to an end. */
    RawClient beginsToAsk(String channel) throws IOException {
        byte[] request = join(channel);
        for (int i = 0; i < request.length / 2; i++) {
            write(new byte[] {request[i]});
        }
        return this;
    }

    /** Sends an empty binary message, and does not wait for what follows. */
    RawClient sendsBinary() throws IOException {
        write(new byte[] {(byte) 0x82, (byte) 0x80, 0, 0, 0, 0});
        return this;
    }

    private static byte[] join(String channel) {
        byte[] text = ("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}").getBytes(UTF_8);
        if (text.length > 125) {
            throw new IllegalArgumentException("too long a name for a short frame: " + channel);
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | text.length);
        frame.writeBytes(new byte[4]); // a mask that changes nothing (RFC 6455, section 5.3)
        frame.writeBytes(text);
        return frame.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Ends the connection by a reset. */
    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
