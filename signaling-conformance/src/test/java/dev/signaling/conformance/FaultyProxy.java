package dev.signaling.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Stands before a server and passes frames on, but for a {@link Fault} that each connection has. */
final class FaultyProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int server;
    private final Supplier<Fault> faults;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    FaultyProxy(int server, Supplier<Fault> faults) throws IOException {
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.server = server;
        this.faults = faults;
        Conformance.daemon(this::accept).start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Conformance.daemon(() -> serve(client)).start();
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            sockets.add(upstream);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Fault fault = faults.get();
            DataInputStream fromClient = in(client);
            DataInputStream fromServer = in(upstream);
            OutputStream toClient = client.getOutputStream();
            OutputStream toServer = upstream.getOutputStream();
            String request = fault.request(head(fromClient)).replace("127.0.0.1:" + port(), "127.0.0.1:" + server);
            if (!request.toLowerCase(Locale.ROOT).contains("upgrade: websocket")) {
                toServer.write(request.replaceFirst("\r\n", "\r\nConnection: close\r\n")
                        .getBytes(ISO_8859_1));
                toClient.write(fault.response(new String(fromServer.readAllBytes(), ISO_8859_1))
                        .getBytes(ISO_8859_1));
                return;
            }
            toServer.write(request.getBytes(ISO_8859_1));
            toClient.write(head(fromServer).getBytes(ISO_8859_1));
            Thread down = Conformance.daemon(() -> {
                try (client) {
                    pass(fromServer, toClient, fault);
                } catch (IOException e) {
                    // that is how it ends
                }
            });
            down.start();
            while (true) {
                Frame frame = Frame.read(fromClient);
                for (Frame echo : fault.echo(frame)) {
                    write(toClient, echo.bare());
                }
                for (Frame up : fault.up(frame)) {
                    toServer.write(up.masked());
                }
            }
        } catch (IOException e) {
            // that is how it ends
        }
    }

    private static DataInputStream in(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static void pass(DataInputStream in, OutputStream out, Fault fault) throws IOException {
        while (true) {
            for (Frame frame : fault.down(Frame.read(in))) {
                write(out, frame.bare());
            }
        }
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
