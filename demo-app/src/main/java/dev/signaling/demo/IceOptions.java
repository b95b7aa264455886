package dev.signaling.demo;

import dev.signaling.SharedSecretTurn;
import dev.signaling.jakarta.TurnSecretFile;
import dev.signaling.message.IceServer;
import dev.signaling.spi.IceServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The part of the command line that is about the servers by which browsers find each other across networks. */
final class IceOptions {

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--stun",
            paramLabel = "URL",
            description = "a STUN server, by which browsers behind routers find each other, such as "
                    + "stun:stun.example.org:3478; may be given several times")
    private List<String> stun = List.of();

    @Option(
            names = "--turn",
            paramLabel = "URL",
            description = "a TURN server, which relays video where nothing else helps, such as "
                    + "turn:turn.example.org:3478?transport=udp or turns:turn.example.org:443?transport=tcp; may be given "
                    + "several times, and needs --turn-secret-file")
    private List<String> turn = List.of();

    @Option(
            names = "--turn-secret-file",
            paramLabel = "FILE",
            description =
                    "a file with the secret that the TURN servers share with this one (coturn's static-auth-secret) in "
                            + "one line, or while one replaces the other, both in two; read again when a page asks. "
                            + "Pages get credentials made from it, and never the secret itself.")
    private @Nullable Path secretFile;

    @Option(
            names = "--turn-ttl",
            paramLabel = "TIME",
            description =
                    "for how long credentials hold, such as 12h, 30m or 20s; pages get fresh ones in time (default: 1h)")
    private @Nullable String ttl;

    /** Made by the command line. */
    IceOptions() {}

    /**
     * What pages are told.
     *
     * @throws ParameterException if options are missing, or if one is of no use
     */
    IceServers servers() {
        stun.forEach(url -> require("--stun", "stun", url));
        turn.forEach(url -> require("--turn", "turn", url));
        if (turn.isEmpty() && (secretFile != null || ttl != null)) {
            throw misuse((secretFile == null ? "--turn-ttl" : "--turn-secret-file") + " is of no use without --turn");
        }
        if (stun.isEmpty() && turn.isEmpty()) {
            return IceServers.of(); // pages that ask are told of none: the answer 404 would be red in their consoles
        }
        try {
            SharedSecretTurn.Builder servers = SharedSecretTurn.builder();
            if (!stun.isEmpty()) {
                servers.stun(stun.toArray(String[]::new));
            }
            if (!turn.isEmpty()) {
                servers.turn(turn.toArray(String[]::new)).secrets(secrets());
            }
            setTtl(servers);
            return servers.build();
        } catch (IllegalArgumentException e) { // they are too many
            throw misuse("--stun, --turn: " + e.getMessage());
        }
    }

    private void setTtl(SharedSecretTurn.Builder servers) {
        if (ttl == null) {
            return;
        }
        Duration time;
        try {
            time = Duration.parse("PT" + ttl);
        } catch (DateTimeParseException e) {
            throw misuse("--turn-ttl is no time such as 12h, 30m or 20s: " + ttl);
        }
        try {
            servers.ttl(time);
        } catch (IllegalArgumentException e) {
            throw misuse("--turn-ttl: it is from 1s to 8760h, and not " + ttl);
        }
    }

    /** Where the servers are, in the order in which they were given; credentials are no part of it. */
    List<String> urls() {
        List<String> urls = new ArrayList<>(stun);
        urls.addAll(turn);
        return urls;
    }

    private TurnSecretFile secrets() {
        Path file = secretFile;
        if (file == null) {
            throw misuse("--turn needs --turn-secret-file: the secret that the TURN server shares with this one");
        }
        try {
            return TurnSecretFile.of(file);
        } catch (IllegalArgumentException e) {
            throw misuse("--turn-secret-file: " + e.getMessage());
        }
    }

    private void require(String option, String scheme, String url) {
        try {
            if (scheme.equals("stun")) {
                IceServer.stun(url);
            } else {
                IceServer.turn("user", "credential", url);
            }
        } catch (IllegalArgumentException e) {
            String other = scheme.equals("stun") ? "turn" : "stun";
            boolean isOther = url.regionMatches(true, 0, other, 0, other.length());
            throw misuse(option + ": " + (isOther ? url + " belongs to --" + other : e.getMessage()));
        }
    }

    private ParameterException misuse(String words) {
        CommandSpec command = spec == null ? CommandSpec.create() : spec;
        return new ParameterException(command.commandLine(), words);
    }
}
