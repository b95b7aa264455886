package dev.signaling.jakarta;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses whose first bits are the same. Made of texts without asking anybody: a name is no address here.
 *
 * @param first the address whose other bits are zero
 * @param bits how many are the same
 */
record Network(InetAddress first, int bits) {

    /** The bits that one customer's network has in common (RFC 6177, section 2): the rest is his own to choose. */
    private static final int CUSTOMER_BITS = 64;

    private static final Pattern IPV4 =
            Pattern.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern ZONE = Pattern.compile("%[0-9A-Za-z._~-]{1,64}$"); // RFC 4007, section 11

    /**
     * Reads a network such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}, or a single address.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    static Network of(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        int most = address.map(known -> 8 * known.getAddress().length).orElse(0);
        int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
        if (address.isEmpty() || bits < 0) {
            throw new IllegalArgumentException(
                    "neither an address nor a network such as 10.0.0.0/8 or 2001:db8::/32: " + text);
        }
        return of(address.get(), bits);
    }

    private static int bits(String text, int most) {
        int bits = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
        return bits <= most ? bits : -1;
    }

    /** What one customer has: an address of IPv4, or a network of IPv6. */
    static Network ofCustomer(InetAddress address) {
        int all = 8 * address.getAddress().length;
        return of(address, Math.min(all, all == 32 ? all : CUSTOMER_BITS));
    }

    private static Network of(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        return new Network(address(bytes), bits);
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length
                && of(address, bits).equals(this);
    }

    /** Reads an address: of IPv4, or of IPv6 with or without brackets. One of IPv4 that is written as IPv6 is one of IPv4. */
    static Optional<InetAddress> address(String text) {
        Matcher parts = IPV4.matcher(text);
        if (parts.matches()) {
            byte[] bytes = new byte[4];
            for (int i = 0; i < bytes.length; i++) {
                int part = Integer.parseInt(parts.group(i + 1));
                if (part > 255) {
                    return Optional.empty();
                }
                bytes[i] = (byte) part;
            }
            return Optional.of(address(bytes));
        }
        boolean inBrackets = text.startsWith("[") && text.endsWith("]") && text.length() > 2;
        String bare = ZONE.matcher(inBrackets ? text.substring(1, text.length() - 1) : text)
                .replaceFirst("");
        if (bare.indexOf(':') < 0 || !IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName("[" + bare + "]")); // in brackets no name is ever looked up
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // there are as many bytes as an address has
        }
    }

    @Override
    public String toString() {
        return bits == 8 * first.getAddress().length ? first.getHostAddress() : first.getHostAddress() + "/" + bits;
    }
}
