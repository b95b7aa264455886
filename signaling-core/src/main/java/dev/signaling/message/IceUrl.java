package dev.signaling.message;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a STUN or TURN server: {@code scheme:host[:port]}, and for TURN {@code ?transport=udp} or {@code tcp} (RFC
 * 7064, section 3.1; RFC 7065, section 3.1). Of the hosts that these allow a browser takes fewer: so does this.
 */
final class IceUrl {

    /** What is longer is no address: a name has at most 253 characters (RFC 1035, section 2.3.4), and the rest 30. */
    private static final int LONGEST = 300;

    private static final Pattern SHAPE = Pattern.compile("(stuns?|turns?):"
            + "(\\[[0-9a-f:.]*]|[^\\[\\]:/?#@]*)" // the host
            + "(?::([0-9]{1,5}))?" // the port
            + "(\\?transport=(?:udp|tcp))?");
    private static final Pattern LIKELY = Pattern.compile("(?i)(?:stun|turn)s?:[^@\\p{Cntrl}]*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");

    private IceUrl() {}

    /** The URL as it is written on: schemes, names and hexadecimal digits have no case. */
    static String checked(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the URL of an ICE server has " + text.length() + " characters, the limit is " + LONGEST);
        }
        String url = text.toLowerCase(Locale.ROOT);
        Matcher parts = SHAPE.matcher(url);
        if (!parts.matches()) {
            throw fault(text, "is none such as stun:host:3478 or turn:host:3478?transport=udp");
        }
        if (!isHost(parts.group(2))) {
            throw fault(
                    text, "has a host that is neither a name, nor an IPv4 address, nor an IPv6 address in brackets");
        }
        if (parts.group(3) != null && !isPort(parts.group(3))) {
            throw fault(text, "has a port that is not between 1 and 65535");
        }
        if (parts.group(4) != null && !isTurn(url)) {
            throw fault(text, "has a transport, which STUN has no words for");
        }
        return url;
    }

    /** Whether a URL that has been checked is of TURN. */
    static boolean isTurn(String url) {
        return url.startsWith("turn");
    }

    /** What is no URL may hold a secret that is in the wrong place: only what looks much like one is told. */
    private static IllegalArgumentException fault(String text, String what) {
        boolean isTold = LIKELY.matcher(text).matches();
        return new IllegalArgumentException(
                "the URL of an ICE server" + (isTold ? ", " + text + "," : "") + " " + what);
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535;
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return isIpv6(host.substring(1, host.length() - 1));
        }
        List<String> labels = List.of(host.split("\\.", -1));
        if (labels.get(labels.size() - 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return isIpv4(labels); // a name whose last label is a number is none (WHATWG URL, "ends in a number")
        }
        return host.length() <= 253
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches());
    }

    private static boolean isIpv4(List<String> parts) {
        return parts.size() == 4
                && parts.stream().allMatch(part -> BYTE.matcher(part).matches() && Integer.parseInt(part) <= 255);
    }

    /** RFC 4291, section 2.2: eight groups, fewer if {@code ::} stands for some, the last two perhaps written as IPv4. */
    private static boolean isIpv6(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address, true) == 8;
        }
        int before = groups(address.substring(0, gap), false);
        int behind = groups(address.substring(gap + 2), true);
        return before >= 0 && behind >= 0 && before + behind <= 7;
    }

    /** How many groups these are; -1 if something else is among them. */
    private static int groups(String text, boolean isEnd) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < groups.length; i++) {
            if (GROUP.matcher(groups[i]).matches()) {
                count++;
            } else if (isEnd && i == groups.length - 1 && isIpv4(List.of(groups[i].split("\\.", -1)))) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
