package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A make of server: how its people start it. */
interface Server {

    /** What it is called on the command line ({@code -Dservers}) and the folder that it is unpacked to. */
    String id();

    /** What it is called in docs/servers.md. */
    String name();

    /** The version that the build has pinned; the running server's own output has to name it, too. */
    default String version() {
        return System.getProperty("version." + id());
    }

    /** The folder that the build has unpacked it to. */
    default Path home() {
        return Build.TARGET.resolve("servers/" + id());
    }

    /** Whether it has an implementation of JSON-B for its applications. */
    boolean hasJsonb();

    /** The oldest Java that it runs on. */
    default int java() {
        return 17;
    }

    /** How long it may take until the endpoint answers, on a busy machine. */
    default Duration patience() {
        return Duration.ofMinutes(2);
    }

    /** The heap that it gets, in megabytes: no more than it can do with under all that is told to it. */
    default int heap() {
        return 512;
    }

    /** Where the bare application is, below the server's root. */
    default String context() {
        return "/calls";
    }

    /** Where the endpoint of the other application is, below the server's root; see {@link Tuned}. */
    default String tuned() {
        return "/tuned/signal";
    }

    /** Whether a handshake can be refused with a status of HTTP, and is not opened first. */
    default boolean refusesEarly() {
        return true;
    }

    /**
     * Prepares a folder of the server's own for one run, with the WARs in their place, and says how to start it there, so
     * that it listens on that port of 127.0.0.1.
     */
    Start prepare(Installation installation) throws IOException;

    /** What to delete below that folder to undeploy the application while the server runs; empty if it takes no notice. */
    default Optional<Path> deployed(Path folder) {
        return Optional.empty();
    }

    /** The class of the loader that an application has of its own, if a new WAR in that place is deployed anew. */
    default Optional<String> classLoader() {
        return Optional.empty();
    }

    /** What peers hear when that is done, or the server is stopped. */
    default String farewell() {
        return Farewell.OURS;
    }

    /**
     * What there is to start a server with.
     *
     * @param home where it was unpacked; nothing is written there
     * @param folder an empty one, for this run
     * @param wars each named as the context that it is to be at
     * @param jdk the home of the Java to run on
     */
    record Installation(Path home, Path folder, List<Path> wars, int port, Path jdk) {

        String java() {
            return jdk.resolve("bin/java").toString();
        }

        /** Copies the WARs to that folder. */
        void deploy(Path to) throws IOException {
            Files.createDirectories(to);
            for (Path war : wars) {
                Files.copy(war, to.resolve(war.getFileName()));
            }
        }
    }

    /** A command and what the environment has besides, run in the folder. */
    record Start(List<String> command, Map<String, String> environment) {

        static Start of(String... command) {
            return new Start(List.of(command), Map.of());
        }
    }
}
