package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.SplittableRandom;

/** The opening handshake (RFC 6455, section 4.1), as a browser's page of the same host sends it. */
final class Handshake {
    private static final int LARGEST_ANSWER = 8 * 1024;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final SplittableRandom KEYS = new SplittableRandom();

    private final Optional<String> subprotocol;
    private final String key;

    Handshake(Optional<String> subprotocol) {
        this.subprotocol = subprotocol;
        ByteBuffer nonce = ByteBuffer.allocate(16);
        nonce.putLong(KEYS.nextLong()).putLong(KEYS.nextLong());
        key = Base64.getEncoder().encodeToString(nonce.array());
    }

    byte[] request(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return """
                GET %s HTTP/1.1
                Host: %s
                Origin: http://%2$s
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: %s
                %s
                """
                .formatted(
                        path + query,
                        url.getAuthority(),
                        key,
                        subprotocol
                                .map(name -> "Sec-WebSocket-Protocol: " + name + "\n")
                                .orElse(""))
                .replace("\n", "\r\n")
                .getBytes(ISO_8859_1);
    }

    /** Takes the answer's head from the bytes; false, and nothing is taken, when it is not there yet. */
    boolean read(ByteBuffer bytes) {
        byte[] read = new byte[Math.min(bytes.remaining(), LARGEST_ANSWER)];
        bytes.get(bytes.position(), read);
        String head = new String(read, ISO_8859_1);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            if (read.length == LARGEST_ANSWER) {
                throw new Violation("answer to the handshake without an end: " + head);
            }
            return false;
        }
        check(head.substring(0, end));
        bytes.position(bytes.position() + end + 4);
        return true;
    }

    private void check(String head) {
        boolean accepted = head.lines().anyMatch(this::isAccept);
        if (!accepted || !head.startsWith("HTTP/1.1 101")) {
            throw new Violation("handshake refused: " + head);
        }
    }

    private boolean isAccept(String line) {
        int colon = line.indexOf(':');
        return colon > 0
                && line.substring(0, colon).equalsIgnoreCase("Sec-WebSocket-Accept")
                && line.substring(colon + 1).strip().equals(accept());
    }

    private String accept() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
