package dev.signaling.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signaling.servers.tickets.Tickets;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The second application on each server: with deadlines of seconds, set by init parameters, few connections, and an
 * authenticator.
 */
final class Tuned {

    static final Duration JOIN_DEADLINE = Duration.ofSeconds(3);
    static final Duration PONG_DEADLINE = Duration.ofSeconds(5);
    static final int CONNECTIONS = 100;

    /** By key, as docs/deploy.md has them. */
    static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "dev.signaling.limits.connections",
            Integer.toString(CONNECTIONS),
            "dev.signaling.limits.joinDeadline",
            JOIN_DEADLINE.toString(),
            "dev.signaling.limits.resumeGrace",
            "3s",
            "dev.signaling.liveness.pingInterval",
            "1s",
            "dev.signaling.liveness.timeout",
            PONG_DEADLINE.toString(),
            "dev.signaling.liveness.closeTimeout",
            "2s",
            "dev.signaling.ice.stun",
            "stun:stun.example.org",
            "dev.signaling.ice.turn",
            "turn:turn.example.org?transport=udp,turns:turn.example.org:443?transport=tcp",
            "dev.signaling.ice.turn-secret",
            "north",
            "dev.signaling.ice.ttl",
            "4s"));

    private Tuned() {}

    /** What its WAR has besides our jars. */
    static Map<String, byte[]> files() throws IOException {
        String path = Tickets.class.getName().replace('.', '/') + ".class";
        try (InputStream code = Tickets.class.getResourceAsStream("/" + path)) {
            if (code == null) {
                throw new IOException("no " + path);
            }
            byte[] jar = Build.zip(Map.of(path, code.readAllBytes()));
            return Map.of("WEB-INF/lib/tickets.jar", jar, "WEB-INF/web.xml", webXml().getBytes(UTF_8));
        }
    }

    private static String webXml() {
        StringBuilder xml =
                new StringBuilder("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"5.0\">\n");
        SETTINGS.forEach((key, value) -> xml.append(
                """
                  <context-param>
                    <param-name>%s</param-name>
                    <param-value>%s</param-value>
                  </context-param>
                """
                        .formatted(key, value)));
        return xml.append("  <listener><listener-class>" + Tickets.class.getName() + "</listener-class></listener>\n")
                .append("</web-app>\n")
                .toString();
    }
}
