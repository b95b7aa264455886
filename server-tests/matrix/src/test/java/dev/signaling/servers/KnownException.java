package dev.signaling.servers;

import java.util.List;

/**
 * A rule of PROTOCOL.md that a server breaks in a way that no application on it can change. It is in docs/servers.md, too.
 *
 * @param rule its number
 * @param reason as it stands in docs/servers.md
 * @param evidence all that the check says that fails
 */
record KnownException(String server, String rule, String reason, String evidence) {

    static final List<KnownException> ALL = List.of(new KnownException(
            "open-liberty",
            "T16",
            "takes a text in several frames for invalid if one of them ends inside a character",
            "no error but close 1007 Invalid UTF-8 data received.; nothing came within 5000 ms"));

    static List<KnownException> of(Server server) {
        return ALL.stream()
                .filter(exception -> exception.server().equals(server.id()))
                .toList();
    }
}
