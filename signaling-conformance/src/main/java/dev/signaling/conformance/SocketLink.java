package dev.signaling.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client on a bare socket, for what a well-behaved one does not do: broken frames, silence, reading nothing, a reset. It
 * reads only once told to {@link #listen}.
 */
final class SocketLink implements Link {

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Inbox inbox = new Inbox();
    private final AtomicInteger pings = new AtomicInteger();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private volatile boolean answersPings = true;

    SocketLink(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** Asks for a WebSocket with these lines, and gives the status of the answer. */
    int handshake(String request) throws IOException {
        write(request.getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) in.readUnsignedByte());
            if (answer.length() > 16_384) {
                throw new IOException("a handshake's answer without an end");
            }
        }
        String[] status = answer.toString().split(" ", 3);
        if (status.length < 3 || !status[1].matches("\\d{3}")) {
            throw new IOException("no answer to a handshake: " + Heard.brief(answer.toString()));
        }
        return Integer.parseInt(status[1]);
    }

    /** Reads from now on, on a thread of its own. */
    SocketLink listen() {
        Thread reader = new Thread(this::readAll, "conformance-reader");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    /** Leaves pings unanswered from now on. */
    void ignorePings() {
        answersPings = false;
    }

    /** How many pings have come. */
    int pings() {
        return pings.get();
    }

    private void readAll() {
        try {
            while (hear(Frame.read(in))) {
                // until its end
            }
        } catch (IOException e) {
            tell(Heard.lost());
        }
    }

    private boolean hear(Frame frame) throws IOException {
        switch (frame.opcode()) {
            case Frame.PING -> {
                pings.incrementAndGet();
                if (answersPings) {
                    write(new Frame(true, Frame.PONG, frame.payload()).masked());
                }
            }
            case Frame.CLOSE -> {
                byte[] bytes = frame.payload();
                int code = bytes.length < 2 ? 1005 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
                String reason = bytes.length < 2 ? "" : new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8);
                tell(new Heard(reason, code));
                return false;
            }
            case Frame.TEXT, Frame.CONTINUATION -> {
                parts.writeBytes(frame.payload());
                if (frame.last()) {
                    tell(new Heard(parts.toString(StandardCharsets.UTF_8), 0));
                    parts.reset();
                }
            }
            default -> {} // pongs
        }
        return true;
    }

    private void tell(Heard heard) {
        try {
            inbox.put(heard);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public String subprotocol() {
        return "";
    }

    @Override
    public void send(String text) throws IOException {
        write(Frame.text(text).masked());
    }

    /** Sends a text in so many frames of about the same size. */
    void sendInParts(String text, int count) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int part = 0; part < count; part++) {
            int from = (int) ((long) bytes.length * part / count);
            int to = (int) ((long) bytes.length * (part + 1) / count);
            int opcode = part == 0 ? Frame.TEXT : Frame.CONTINUATION;
            write(new Frame(part == count - 1, opcode, Arrays.copyOfRange(bytes, from, to)).masked());
        }
    }

    /** Sends bytes as they are. */
    void write(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    @Override
    public void close(int code) throws IOException {
        write(Frame.close(code, "").masked());
    }

    @Override
    public void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    /** Ends the connection by a reset. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is gone already
        }
        cut();
    }
}
