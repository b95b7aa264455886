package dev.signaling.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Carries connections to a port of another network namespace, by way of a socket in the file system, which the namespaces
 * share. A network interface between them would do as well, but the browsers would find it and send their video there.
 */
final class Tunnel implements AutoCloseable {

    /** What the far end prints when it listens. */
    static final String READY = "tunnel is open";

    private final ServerSocketChannel near;
    private final Path socket;

    private Tunnel(ServerSocketChannel near, Path socket) {
        this.near = near;
        this.socket = socket;
    }

    /** The near end: listens on 127.0.0.1 at that port. */
    static Tunnel open(int port, Path socket) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var tunnel = new Tunnel(ServerSocketChannel.open().bind(address), socket);
            start(tunnel::acceptAll);
            return tunnel;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port, e);
        }
    }

    /** The far end, a process of its own: the path of the socket, and the port to carry connections to. */
    public static void main(String... arguments) throws IOException {
        var socket = UnixDomainSocketAddress.of(arguments[0]);
        var port = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(socket)) {
            System.out.println(READY);
            while (true) {
                join(server.accept(), SocketChannel.open(port));
            }
        }
    }

    private void acceptAll() throws IOException {
        while (near.isOpen()) {
            join(near.accept(), SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        }
    }

    private static void join(SocketChannel one, SocketChannel other) {
        start(() -> carry(one, other));
        start(() -> carry(other, one));
    }

    private static void carry(SocketChannel from, SocketChannel to) throws IOException {
        // not by streams: those of one channel wait for each other on Java 17
        try (from;
                to) {
            var buffer = ByteBuffer.allocate(16_384);
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        }
    }

    private static void start(Carrying carrying) {
        var thread = new Thread(
                () -> {
                    try {
                        carrying.run();
                    } catch (IOException e) {
                        // one end has hung up, and now both have
                    }
                },
                "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Carrying {
        void run() throws IOException;
    }
}
