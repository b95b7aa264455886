package dev.signaling.demo;

import dev.signaling.jakarta.OriginPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pages of the demo itself, those named on the command line and, while nobody else can reach the server, those of any other
 * server on loopback: a tutorial's own pages usually come from one.
 */
final class DemoOrigins implements OriginPolicy {

    private static final Logger LOGGER = System.getLogger("signaling");
    private static final Pattern LOOPBACK =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    /** The origin of a page that has none, such as one that was opened from a file. */
    private static final String NOWHERE = "null";

    private final OriginPolicy sameHost = OriginPolicy.sameHost();
    private final boolean onLoopback;
    private final boolean fromNowhere;
    private final OriginPolicy named;
    private final LineAllowance refusals =
            new LineAllowance(10, "refuse  {0} more pages in one second", System::nanoTime);

    /**
     * Pages that may connect to a server that listens on that address.
     *
     * @param allowed origins, or {@code null} as a word
     * @throws IllegalArgumentException if one is no origin
     */
    DemoOrigins(String listeningOn, List<String> allowed) {
        onLoopback = isLoopback(listeningOn);
        fromNowhere = allowed.contains(NOWHERE);
        named = OriginPolicy.anyOf(
                allowed.stream().filter(origin -> !origin.equals(NOWHERE)).toArray(String[]::new));
    }

    @Override
    public boolean allows(Optional<String> origin, Optional<String> host) {
        boolean allows = sameHost.allows(origin, host)
                || named.allows(origin, host)
                || origin.filter(page -> (fromNowhere && page.equals(NOWHERE))
                                || (onLoopback && LOOPBACK.matcher(page).matches()))
                        .isPresent();
        if (!allows && refusals.take()) {
            LOGGER.log(
                    Level.INFO,
                    "refuse  a page of {0}; --allow-origin lets one in",
                    printable(origin.orElse("no origin")));
        }
        return allows;
    }

    /** A stranger's text, fit for one line of a log. */
    private static String printable(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
