package dev.signaling.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** HTTP and WebSocket (RFC 6455) on a bare socket, for what a well-behaved client never does. Used by one thread. */
final class WireClient implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int PING = 9;
    static final int FINAL = 0x80;
    private static final int CLOSE = 8;
    static final int PONG = 10;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    WireClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A member of stream-video. */
    static WireClient member(int port) {
        return member(port, "stream-video");
    }

    static WireClient member(int port, String channel) {
        WireClient client = new WireClient(port);
        client.handshake("/signal");
        client.next();
        client.write(text("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}"));
        client.next();
        return client;
    }

    /** Asks for a WebSocket, with these headers added or standing for others: the status line of the answer. */
    String handshake(String path, String... headers) {
        return request(upgrade("GET " + path + " HTTP/1.1", headers))
                .lines()
                .findFirst()
                .orElse("");
    }

    /** A handshake with that first line and these headers added or standing for others. */
    static byte[] upgrade(String line, String... headers) {
        StringBuilder request = new StringBuilder(line).append("\r\n");
        for (String header : new String[] {
            "Host: 127.0.0.1",
            "Connection: keep-alive, Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        }) {
            String name = header.substring(0, header.indexOf(':') + 1);
            if (Stream.of(headers).noneMatch(other -> other.startsWith(name))) {
                request.append(header).append("\r\n");
            }
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    /** Sends a request as it is: the head of the answer. */
    String request(byte[] request) {
        write(request);
        return head();
    }

    private String head() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
        } catch (IOException e) {
            throw new AssertionError("no answer but: " + head.toString(ISO_8859_1), e);
        }
        return head.toString(ISO_8859_1);
    }

    /** What is left of an answer, after which the connection has to end. */
    String rest() {
        try {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text message in one frame. */
    static byte[] text(String text) {
        return frame(FINAL | TEXT, text.getBytes(UTF_8));
    }

    /** A frame, masked with a mask of its own. */
    static byte[] frame(int firstByte, byte[] payload) {
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        ByteBuffer frame = header(firstByte, 0x80, payload.length, mask.length + payload.length)
                .put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        return bytes(frame);
    }

    /** The beginning of a frame that claims a length: no payload, and a mask if the second byte is to say so. */
    static byte[] claim(int firstByte, int masked, long length) {
        int mask = masked == 0 ? 0 : 4;
        return bytes(header(firstByte, masked, length, mask).put(new byte[mask]));
    }

    private static ByteBuffer header(int firstByte, int masked, long length, int behind) {
        ByteBuffer header = ByteBuffer.allocate(10 + behind).put((byte) firstByte);
        if (length >= 0 && length < 126) {
            return header.put((byte) (masked | length));
        }
        return length >= 0 && length < 65_536
                ? header.put((byte) (masked | 126)).putShort((short) length)
                : header.put((byte) (masked | 127)).putLong(length);
    }

    private static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.flip().remaining()];
        written.get(bytes);
        return bytes;
    }

    /** What is to leave in one write. */
    static byte[] together(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int from, int length) {
        try {
            socket.getOutputStream().write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The next message: a text as it is, or "pong" and its length, or "close", code and reason, or "end" when the connection
     * is over.
     */
    String next() {
        try {
            int first = in.read();
            if (first < 0) {
                return "end";
            }
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
            return switch (first) {
                case FINAL | TEXT -> UTF_8.decode(payload).toString();
                case FINAL | CLOSE -> "close " + payload.getShort() + " " + UTF_8.decode(payload);
                case FINAL | PONG -> "pong " + length;
                default -> throw new AssertionError("a frame that begins with " + first);
            };
        } catch (java.net.SocketException e) {
            return "end";
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

    @Override
    public void close() {
        reset();
    }
}
