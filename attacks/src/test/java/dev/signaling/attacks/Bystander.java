package dev.signaling.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;

/** One of them: a member of their channel that reads all that comes. Belongs to their thread once it is open. */
final class Bystander {

    private static final int ACKNOWLEDGED = 100;
    private static final int LARGE = 10_000;
    private static final String JOINED = "{\"type\":\"joined-channel\"";

    private final SocketChannel channel;
    private final BiConsumer<Bystander, String> listener;
    private byte[] unread = {};
    private long received;
    private volatile long heard;

    Bystander(int port, Selector selector, BiConsumer<Bystander, String> listener) throws IOException {
        this.listener = listener;
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        write(Frames.handshake(port));
        ByteBuffer answer = ByteBuffer.allocate(8_192);
        while (!Bystanders.text(answer.duplicate().flip()).contains("\r\n\r\n")) {
            channel.read(answer);
        }
        String head = Bystanders.text(answer.flip());
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + head);
        }
        unread = head.substring(head.indexOf("\r\n\r\n") + 4).getBytes(ISO_8859_1);
        write(Frames.join(Bystanders.CHANNEL));
        awaitJoined();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    private void awaitJoined() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(512 * 1024).put(unread); // the roster of a large channel is long
        while (!Bystanders.text(bytes.duplicate().flip()).contains(JOINED)) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        bytes.flip();
        unread = new byte[bytes.remaining()];
        bytes.get(unread);
    }

    /** Reads what is there. */
    void read(ByteBuffer buffer) throws IOException {
        buffer.clear().put(unread);
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server has closed its connection");
        }
        buffer.flip();
        while (frame(buffer)) {}
        unread = new byte[buffer.remaining()];
        buffer.get(unread);
    }

    /** Takes a whole frame; false, and nothing is taken, if there is none. */
    private boolean frame(ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        if (bytes.remaining() < 2) {
            return false;
        }
        int opcode = bytes.get() & 0xf;
        int length = bytes.get();
        int extension = length == 127 ? 8 : length == 126 ? 2 : 0;
        if (bytes.remaining() >= extension && extension > 0) {
            length = extension == 8 ? Math.toIntExact(bytes.getLong()) : bytes.getShort() & 0xffff;
        } else if (extension > 0) {
            bytes.position(start);
            return false;
        }
        if (bytes.remaining() < length) {
            bytes.position(start);
            return false;
        }
        ByteBuffer payload = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        take(opcode, payload);
        return true;
    }

    private void take(int opcode, ByteBuffer payload) throws IOException {
        if (opcode == Frames.TEXT) {
            String text = Bystanders.text(payload);
            listener.accept(this, text);
            acknowledge(text);
        } else if (opcode == Frames.PING) {
            write(Frames.frame(Frames.FINAL | Frames.PONG, new byte[0]));
        } else if (opcode == Frames.CLOSE) {
            throw new EOFException("closed with " + payload.getShort() + " " + Bystanders.text(payload));
        }
    }

    /** As a client should now and then, or the server keeps for it all that it may keep. */
    private void acknowledge(String text) throws IOException {
        if (!text.startsWith("{\"type\":\"connection-established\"") && !text.startsWith("{\"type\":\"pong\"")) {
            received++;
            if (received % ACKNOWLEDGED == 0 || text.length() > LARGE) {
                write(Frames.text("{\"type\":\"ping\",\"received\":" + received + "}"));
            }
        }
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) { // a server that does not read is none to look at
            channel.write(rest);
        }
    }

    /** Whether that is the number of the next signal; counts it then. */
    boolean next(long number) {
        boolean isNext = number == heard;
        heard = isNext ? number + 1 : heard;
        return isNext;
    }

    /** How many signals have come. */
    long heard() {
        return heard;
    }

    void close() throws IOException {
        channel.close();
    }
}
