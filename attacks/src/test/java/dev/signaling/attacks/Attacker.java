package dev.signaling.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/** A WebSocket client (RFC 6455) on a bare socket that does what no client should. It comes from an address of its own. */
final class Attacker implements AutoCloseable {

    /** Where attackers come from if nothing else is said; bystanders come from 127.0.0.1. */
    static final String ADDRESS = "127.0.0.66";

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int SMALL = 4_096;

    private final Socket socket;
    private final DataInputStream in;
    private String token = "";

    private Attacker(int port, String address, boolean reads) {
        try {
            socket = new Socket();
            if (!reads) {
                socket.setReceiveBufferSize(SMALL);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(address(address), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), reads ? 65_536 : 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetAddress address(String dotted) throws UnknownHostException {
        byte[] bytes = new byte[4];
        String[] parts = dotted.split("\\.", -1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return InetAddress.getByAddress(bytes);
    }

    static Attacker connect(int port) {
        return connect(port, ADDRESS);
    }

    static Attacker connect(int port, String address) {
        return new Attacker(port, address, true).opened(Frames.handshake(port));
    }

    /** One that speaks the tutorial's format, in which a join is answered by a few words. */
    static Attacker connectTutorial(int port) {
        return new Attacker(port, ADDRESS, true).opened(Frames.tutorialHandshake(port));
    }

    /** One that has a small buffer for what it does not read. */
    static Attacker connectSlow(int port) {
        return new Attacker(port, ADDRESS, false).opened(Frames.handshake(port));
    }

    private Attacker opened(byte[] handshake) {
        write(handshake);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(in.readUnsignedByte());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no answer but: " + head.toString(ISO_8859_1), e);
        }
        if (!head.toString(ISO_8859_1).contains(" 101 ")) {
            throw new AssertionError("no WebSocket: " + head.toString(ISO_8859_1));
        }
        return this;
    }

    /** The same, as a member of that channel. */
    Attacker in(String channel) {
        write(Frames.join(channel));
        awaitJoined(channel);
        return this;
    }

    /** Reads until it is told that it is in there. */
    void awaitJoined(String channel) {
        String heard = next();
        while (!heard.startsWith("{\"type\":\"joined-channel\",\"channel\":\"" + channel + "\"")) {
            if (!heard.startsWith("{")) {
                throw new AssertionError("not in " + channel + " but: " + heard);
            }
            heard = next();
        }
    }

    /** The id that it was given, which the first message says; its token is then known too. */
    String greeted() {
        String greeting = next();
        token = field(greeting, "resume");
        return field(greeting, "peer");
    }

    /** By what it could come back. */
    String token() {
        return token;
    }

    private static String field(String json, String name) {
        return json.replaceAll(".*\"" + name + "\":\"([^\"]+)\".*", "$1");
    }

    void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes so many frames as fast as they go, while it reads, and gives how its connection ended. */
    String flood(int times, IntFunction<byte[]> frame) {
        Thread writer = new Thread(
                () -> {
                    try {
                        ByteArrayOutputStream some = new ByteArrayOutputStream();
                        for (int i = 0; i < times; i++) {
                            some.writeBytes(frame.apply(i));
                            if (some.size() > 16_384) {
                                write(some.toByteArray());
                                some.reset();
                            }
                        }
                        write(some.toByteArray());
                    } catch (UncheckedIOException e) {
                        // it was closed before all of it had left
                    }
                },
                "flood");
        writer.start();
        String ending = ending();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ending;
    }

    /** The next text, or the code and reason of the close frame, or "end". */
    String next() {
        try {
            while (true) {
                int first = in.readUnsignedByte();
                int length = in.readUnsignedByte();
                if (length == 126) {
                    length = in.readUnsignedShort();
                } else if (length == 127) {
                    length = Math.toIntExact(in.readLong());
                }
                ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
                int opcode = first & 0xf;
                if (opcode == Frames.CLOSE) {
                    return payload.getShort() + " " + UTF_8.decode(payload);
                } else if (opcode == Frames.TEXT) {
                    return UTF_8.decode(payload).toString();
                }
            }
        } catch (EOFException | SocketException e) {
            return "end";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end: code and reason of the close frame, or "end" if none came. */
    String ending() {
        String heard = next();
        while (heard.startsWith("{")) {
            heard = next();
        }
        return heard;
    }

    /** Reads to the end from now on, on a thread of its own. */
    void readOn() {
        Thread reader = new Thread(
                () -> {
                    try {
                        ending();
                    } catch (UncheckedIOException e) {
                        // it was closed here
                    }
                },
                "reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Says that it goes, as a page does that is left. */
    void leave() {
        write(Frames.frame(Frames.FINAL | Frames.CLOSE, new byte[] {1_000 >> 8, (byte) 1_000}));
    }

    /** Reads one byte; false if there is none any more. */
    boolean readByte() {
        try {
            return in.read() >= 0;
        } catch (SocketException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Vanishes. */
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
