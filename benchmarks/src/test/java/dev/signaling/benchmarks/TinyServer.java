package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A signal server of the plainest kind, a thread a connection, with one fault built in if asked for. */
final class TinyServer implements Closeable {
    private static final int FAULTY_MESSAGE = 40;

    enum Fault {
        NONE,
        LOST,
        DOUBLED,
        ALTERED,
        BACK_TO_THE_SENDER
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, List<Client>> channels = new ConcurrentHashMap<>();
    private final AtomicInteger relayed = new AtomicInteger();
    private final Fault fault;

    TinyServer(Fault fault) throws IOException {
        this.fault = fault;
        start(this::accept);
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Client client = new Client(server.accept());
                start(client);
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tiny-server");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Client implements Runnable {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private List<Client> members = List.of();

        Client(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        @Override
        public void run() {
            try (socket) {
                handshake();
                send(0x81, "{\"type\":\"connection-established\"}".getBytes(UTF_8));
                int opcode;
                do {
                    opcode = in.readUnsignedByte() & 0x0f;
                    receive(opcode, payload());
                } while (opcode != FrameReader.CLOSE);
            } catch (IOException e) {
                // the client has gone, as it does when it has found a fault
            }
        }

        private void handshake() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            String key = head.toString().replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "sec-websocket-accept: " + accept(key) + "\r\n\r\n";
            out.write(answer.getBytes(ISO_8859_1));
        }

        private byte[] payload() throws IOException {
            int length = in.readUnsignedByte() & 0x7f;
            byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
            byte[] mask = in.readNBytes(4);
            in.readFully(payload);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            return payload;
        }

        private void receive(int opcode, byte[] payload) throws IOException {
            String text = new String(payload, UTF_8);
            if (opcode == FrameReader.CLOSE) {
                members.remove(this);
                send(0x88, payload);
            } else if (text.contains("join-channel")) {
                members = channels.computeIfAbsent(text, channel -> new CopyOnWriteArrayList<>());
                members.add(this);
                send(0x81, text.replace("join", "joined").getBytes(UTF_8));
            } else {
                relay(payload);
            }
        }

        private void relay(byte[] payload) throws IOException {
            Fault now = relayed.incrementAndGet() == FAULTY_MESSAGE ? fault : Fault.NONE;
            for (Client member : members) {
                if (member == this ? now == Fault.BACK_TO_THE_SENDER : now != Fault.LOST) {
                    payload[payload.length / 2] ^= (byte) (now == Fault.ALTERED ? 1 : 0);
                    member.send(0x81, payload);
                }
                if (member != this && now == Fault.DOUBLED) {
                    member.send(0x81, payload);
                }
            }
        }

        private synchronized void send(int first, byte[] payload) throws IOException {
            byte[] frame = new byte[payload.length + (payload.length < 126 ? 2 : 4)];
            frame[0] = (byte) first;
            frame[1] = (byte) Math.min(payload.length, 126);
            if (payload.length >= 126) {
                frame[2] = (byte) (payload.length >> 8);
                frame[3] = (byte) payload.length;
            }
            System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
            out.write(frame);
        }

        private static String accept(String key) {
            try {
                String seed = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-1").digest(seed.getBytes(ISO_8859_1)));
            } catch (NoSuchAlgorithmException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
