package dev.signaling.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a client writes (RFC 6455): a handshake, and frames masked with zeros. */
final class Frames {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FINAL = 0x80;

    private Frames() {}

    static byte[] handshake(int port) {
        return handshake(port, "\r\nSec-WebSocket-Protocol: signaling.v1");
    }

    static byte[] tutorialHandshake(int port) {
        return handshake(port, "");
    }

    private static byte[] handshake(int port, String header) {
        return ("GET /signal HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                        + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                        + header + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    static byte[] text(String text) {
        return frame(FINAL | TEXT, text.getBytes(UTF_8));
    }

    static byte[] join(String channel) {
        return text("{\"type\":\"join-channel\",\"channel\":\"" + channel + "\"}");
    }

    static byte[] leave(String channel) {
        return text("{\"type\":\"leave-channel\",\"channel\":\"" + channel + "\"}");
    }

    static byte[] signal(String channel, String data) {
        return text("{\"type\":\"signal\",\"channel\":\"" + channel + "\",\"data\":" + data + "}");
    }

    /** A signal to one of the bystanders' channel alone. */
    static byte[] signalTo(String peer, String words) {
        return text("{\"type\":\"signal\",\"channel\":\"" + Bystanders.CHANNEL + "\",\"to\":\"" + peer
                + "\",\"data\":\"" + words + "\"}");
    }

    static byte[] frame(int firstByte, byte[] payload) {
        byte[] header = claim(firstByte, payload.length);
        byte[] frame = Arrays.copyOf(header, header.length + payload.length);
        System.arraycopy(payload, 0, frame, header.length, payload.length);
        return frame;
    }

    /** The beginning of a frame that says that so many bytes follow. */
    static byte[] claim(int firstByte, long length) {
        ByteBuffer header = ByteBuffer.allocate(14).put((byte) firstByte);
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        byte[] bytes = new byte[header.putInt(0).flip().remaining()];
        header.get(bytes);
        return bytes;
    }
}
