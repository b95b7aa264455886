package dev.signaling.demo.browser;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of TURN (RFC 8656, over STUN, RFC 8489) on a stream as it takes to ask for an allocation, and to be permitted to
 * reach a peer from there. What the server answers is 0 for success, and else the code of its error.
 */
final class TurnClient implements AutoCloseable {

    private static final int COOKIE = 0x2112A442;
    private static final int ALLOCATE = 0x003;
    private static final int CREATE_PERMISSION = 0x008;
    private static final int ERROR = 0x110;

    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int ERROR_CODE = 0x0009;
    private static final int XOR_PEER_ADDRESS = 0x0012;
    private static final int REALM = 0x0014;
    private static final int NONCE = 0x0015;
    private static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    private static final int REQUESTED_TRANSPORT = 0x0019;

    private static final byte[] UDP = {17, 0, 0, 0};
    private static final byte[] TCP = {6, 0, 0, 0};
    private static final int PORT = 9;

    private final Socket socket;
    private final String username;
    private final String credential;
    private final SecureRandom random = new SecureRandom();
    private byte[] realm = {};
    private byte[] nonce = {};

    /** Speaks over that connection, which has to be open, with that credential. */
    TurnClient(Socket socket, String username, String credential) {
        this.socket = socket;
        this.username = username;
        this.credential = credential;
    }

    /** Asks for an address that packets to others come from: of IPv4 or IPv6. */
    int allocate(boolean six) {
        return allocate(UDP, six);
    }

    /** Asks for an address that connections to others come from (RFC 6062). */
    int allocateTcp() {
        return allocate(TCP, false);
    }

    private int allocate(byte[] transport, boolean six) {
        var attributes = new Message(random);
        attributes.add(REQUESTED_TRANSPORT, transport);
        attributes.add(REQUESTED_ADDRESS_FAMILY, new byte[] {(byte) (six ? 2 : 1), 0, 0, 0});
        var stranger = ask(ALLOCATE, attributes, false);
        // who asks for the first time is told by what to sign
        return stranger == 401 ? ask(ALLOCATE, attributes, true) : stranger;
    }

    /** Asks to be permitted to send to a peer from there. */
    int permit(InetAddress peer) {
        var message = new Message(random);
        message.add(XOR_PEER_ADDRESS, message.hidden(peer));
        return ask(CREATE_PERMISSION, message, true);
    }

    private int ask(int method, Message message, boolean signed) {
        try {
            socket.getOutputStream().write(signed ? sign(message, method) : message.bytes(method, 0));
            return answer(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] sign(Message message, int method) throws IOException {
        try {
            var signed = message.copy();
            signed.add(USERNAME, username.getBytes(StandardCharsets.UTF_8));
            signed.add(REALM, realm);
            signed.add(NONCE, nonce);
            var realmName = new String(realm, StandardCharsets.UTF_8);
            var key = MessageDigest.getInstance("MD5")
                    .digest((username + ":" + realmName + ":" + credential).getBytes(StandardCharsets.UTF_8));
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            signed.add(MESSAGE_INTEGRITY, mac.doFinal(signed.bytes(method, 24)));
            return signed.bytes(method, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int answer(DataInputStream input) throws IOException {
        var type = input.readUnsignedShort();
        var body = new byte[input.readUnsignedShort()];
        input.readFully(new byte[16]);
        input.readFully(body);
        var attributes = attributes(ByteBuffer.wrap(body));
        realm = attributes.getOrDefault(REALM, realm);
        nonce = attributes.getOrDefault(NONCE, nonce);
        if ((type & ERROR) != ERROR) {
            return 0;
        }
        var code = attributes.getOrDefault(ERROR_CODE, new byte[4]);
        return code[2] * 100 + code[3];
    }

    private static Map<Integer, byte[]> attributes(ByteBuffer body) {
        var attributes = new HashMap<Integer, byte[]>();
        while (body.hasRemaining()) {
            int type = body.getShort();
            var value = new byte[body.getShort()];
            body.get(value);
            body.position(body.position() + Message.padding(value.length));
            attributes.put(type, value);
        }
        return attributes;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request under way: a transaction's id and attributes. */
    private static final class Message {

        private final byte[] transaction;
        private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();

        Message(SecureRandom random) {
            this(new byte[12]);
            random.nextBytes(transaction);
        }

        private Message(byte[] transaction) {
            this.transaction = transaction;
        }

        Message copy() {
            var copy = new Message(transaction);
            copy.attributes.writeBytes(attributes.toByteArray());
            return copy;
        }

        void add(int type, byte[] value) {
            attributes.writeBytes(ByteBuffer.allocate(4)
                    .putShort((short) type)
                    .putShort((short) value.length)
                    .array());
            attributes.writeBytes(value);
            attributes.writeBytes(new byte[padding(value.length)]);
        }

        static int padding(int length) {
            return -length & 3;
        }

        /** The address, as RFC 8489, section 14.2 hides it from routers that translate whatever looks like one. */
        byte[] hidden(InetAddress address) {
            var plain = address.getAddress();
            var mask = ByteBuffer.allocate(16).putInt(COOKIE).put(transaction).array();
            for (int i = 0; i < plain.length; i++) {
                plain[i] ^= mask[i];
            }
            return ByteBuffer.allocate(4 + plain.length)
                    .putShort((short) (address instanceof Inet6Address ? 2 : 1))
                    .putShort((short) (PORT ^ (COOKIE >>> 16)))
                    .put(plain)
                    .array();
        }

        /** The whole request; its length tells of so many bytes more than are here. */
        byte[] bytes(int method, int toCome) {
            return ByteBuffer.allocate(20 + attributes.size())
                    .putShort((short) method)
                    .putShort((short) (attributes.size() + toCome))
                    .putInt(COOKIE)
                    .put(transaction)
                    .put(attributes.toByteArray())
                    .array();
        }
    }
}
