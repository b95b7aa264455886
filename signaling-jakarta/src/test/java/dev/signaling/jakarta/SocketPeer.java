package dev.signaling.jakarta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A WebSocket client (RFC 6455) on a bare socket, so that it can do everything that a client should not: send frames that
 * are none, fall silent, stop reading, vanish. It answers pings while it reads. Used by one thread.
 */
final class SocketPeer implements Peer {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    private static final int CONTINUATION = 0;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private Consumer<String> check = text -> {};

    private SocketPeer(Socket socket, Fuse fuse) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(fuse.in(new BufferedInputStream(socket.getInputStream())));
        this.out = fuse.out(socket.getOutputStream());
    }

    /** Opens a connection, with these lines added to its handshake. */
    static SocketPeer open(int port, String path, String... headers) {
        SocketPeer peer = tcp(port);
        List<String> answer = peer.handshake(path, "127.0.0.1:" + port, headers);
        if (!answer.get(0).contains(" 101 ")) {
            throw new AssertionError("no WebSocket: " + answer);
        }
        return peer;
    }

    /** The same; from now on every text that comes has to pass the check. */
    SocketPeer checkedBy(Consumer<String> value) {
        check = value;
        return this;
    }

    /** A connection that has said nothing yet. */
    static SocketPeer tcp(int port) {
        return tcp(port, Fuse.NONE);
    }

    /** The same, cut by that fuse: what is read or written then throws {@link UncheckedIOException}. */
    static SocketPeer tcp(int port, Fuse fuse) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            return new SocketPeer(socket, fuse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a WebSocket: the status line and the headers of the answer. */
    List<String> handshake(String path, String host, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(ISO_8859_1));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            while (!answer.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                answer.write(in.readUnsignedByte());
            }
        } catch (Fuse.BlownException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new AssertionError("no answer to the handshake but: " + answer.toString(ISO_8859_1), e);
        }
        return answer.toString(ISO_8859_1)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Override
    public void send(String text) {
        write(frame(FINAL | TEXT, text.getBytes(UTF_8)));
    }

    /** Sends a text in so many frames of about the same size. */
    void sendInParts(String text, int parts) {
        byte[] bytes = text.getBytes(UTF_8);
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) bytes.length * part / parts);
            int to = (int) ((long) bytes.length * (part + 1) / parts);
            byte[] some = java.util.Arrays.copyOfRange(bytes, from, to);
            write(frame((part == parts - 1 ? FINAL : 0) | (part == 0 ? TEXT : CONTINUATION), some));
        }
    }

    @Override
    public void sendBinary(byte[] message) {
        write(frame(FINAL | BINARY, message));
    }

    /** Sends a text message of these bytes, whatever they are. */
    void sendText(byte[] bytes) {
        write(frame(FINAL | TEXT, bytes));
    }

    /** One frame, masked with zeros, which leaves the payload as it is. */
    static byte[] frame(int firstByte, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) firstByte);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    /** Sends bytes as they are. */
    void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String next() {
        Frame frame = read();
        if (frame.opcode != TEXT) {
            throw new AssertionError("no text but " + frame);
        }
        check.accept(frame.text());
        return frame.text();
    }

    @Override
    public String ending() {
        while (true) {
            Frame frame = read();
            if (frame.opcode == CLOSE) {
                close();
                return frame.toString();
            }
        }
    }

    /** The next frame that is no ping and no pong. */
    private Frame read() {
        while (true) {
            Frame frame = readFrame();
            if (frame.opcode == PING) {
                pong(frame);
            } else if (frame.opcode != PONG) {
                return frame;
            }
        }
    }

    private void pong(Frame ping) {
        try {
            write(frame(FINAL | PONG, ping.bytes()));
        } catch (UncheckedIOException e) {
            // the server has closed meanwhile: what it said before is still to be read
        }
    }

    private Frame readFrame() {
        try {
            int first = in.readUnsignedByte();
            if ((first & FINAL) == 0 || (first & 0x70) != 0) {
                throw new AssertionError("not one whole frame: first byte " + first);
            }
            int length = in.readUnsignedByte();
            if (length > 127) {
                throw new AssertionError("the server masks its frames");
            }
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            return new Frame(first & 0xf, ByteBuffer.wrap(in.readNBytes(length)));
        } catch (EOFException e) {
            throw new AssertionError("the connection ended without a close frame", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (socket) {
            if (!socket.isClosed()) {
                socket.getOutputStream().write(frame(FINAL | CLOSE, new byte[] {3, (byte) 0xe8}));
                socket.shutdownOutput();
                in.skipNBytes(Long.MAX_VALUE); // to its end
            }
        } catch (IOException e) {
            // the server was first
        }
    }

    /** Says that it goes, by a close frame with that code, or without one if it is 0. */
    void sendClose(int code) {
        byte[] payload = code == 0 ? new byte[0] : new byte[] {(byte) (code >> 8), (byte) code};
        write(frame(FINAL | CLOSE, payload));
    }

    /** Whether something has come that is not read yet. */
    boolean hasMore() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection without a close frame, as a process does that ends. */
    void hangUp() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Vanishes: a reset instead of a farewell. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Frame(int opcode, ByteBuffer payload) {

        byte[] bytes() {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(0, bytes);
            return bytes;
        }

        String text() {
            return UTF_8.decode(payload.duplicate()).toString();
        }

        @Override
        public String toString() {
            if (opcode != CLOSE || payload.remaining() < 2) {
                return "opcode " + opcode + " with " + payload.remaining() + " bytes";
            }
            return payload.getShort(0) + " " + UTF_8.decode(payload.slice(2, payload.limit() - 2));
        }
    }
}
