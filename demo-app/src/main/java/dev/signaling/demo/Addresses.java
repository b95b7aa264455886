package dev.signaling.demo;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Under which names and addresses this machine is found. */
final class Addresses {

    /** A machine with many containers has an address for each of their networks. */
    private static final int MOST = 16;

    /** Whole names only: what a certificate may carry (RFC 5280, section 4.2.1.6). */
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private Addresses() {}

    /**
     * Where other devices reach a server that listens on that address: nowhere if it is loopback, at every address of this
     * machine if it is the wildcard: those of IPv4, which people can type, or, where there are none, of IPv6.
     *
     * @throws IOException if there is no such address
     */
    static List<InetAddress> reachable(String listeningOn) throws IOException {
        InetAddress address = InetAddress.getByName(listeningOn);
        if (address.isLoopbackAddress()) {
            return List.of();
        }
        return address.isAnyLocalAddress() ? ofThisMachine() : List.of(address);
    }

    private static List<InetAddress> ofThisMachine() throws SocketException {
        List<InetAddress> four = new ArrayList<>();
        List<InetAddress> six = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!each.isUp() || each.isLoopback()) {
                continue;
            }
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                if (address instanceof Inet4Address) {
                    four.add(address);
                } else if (address instanceof Inet6Address && !address.isLinkLocalAddress()) { // which pages can't name
                    six.add(address);
                }
            }
        }
        return (four.isEmpty() ? six : four).stream().limit(MOST).toList();
    }

    /** 127.0.0.1 and ::1. */
    static List<InetAddress> loopback() throws UnknownHostException {
        byte[] six = new byte[16];
        six[15] = 1;
        return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), InetAddress.getByAddress(six));
    }

    /** {@code localhost} and the names that this machine has for itself. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        names.add("localhost");
        try {
            String name = InetAddress.getLocalHost().getHostName();
            if (HOST_NAME.matcher(name).matches() && name.chars().anyMatch(Character::isLetter)) {
                names.add(name);
                if (!name.contains(".")) {
                    names.add(name + ".local"); // under which many a network finds it (RFC 6762)
                }
            }
        } catch (UnknownHostException e) {
            return names; // one that does not know its own name is not found under it either
        }
        return names;
    }

    /** An address without the zone that only this machine knows it by. */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** A host as it stands in an URL. */
    static String inUrl(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
