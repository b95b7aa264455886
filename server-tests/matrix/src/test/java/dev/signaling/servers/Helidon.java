package dev.signaling.servers;

import java.nio.file.Path;

/** An application of Helidon MP, as a jar beside a folder of libraries: {@code java -jar}. */
record Helidon() implements Server {

    @Override
    public String id() {
        return "helidon";
    }

    @Override
    public String name() {
        return "Helidon MP";
    }

    @Override
    public Path home() {
        return Build.TARGET.resolve("../../helidon/target").normalize();
    }

    @Override
    public boolean hasJsonb() {
        return false;
    }

    @Override
    public int java() {
        return 21;
    }

    @Override
    public String context() {
        return "";
    }

    /** There is no other application. */
    @Override
    public String tuned() {
        return "/signal";
    }

    @Override
    public boolean refusesEarly() {
        return false;
    }

    @Override
    public Start prepare(Installation installation) {
        return Start.of(
                installation.java(),
                "-Dserver.host=127.0.0.1",
                "-Dserver.port=" + installation.port(),
                "-Ddev.signaling.limits.peersPerChannel=7",
                "-jar",
                installation.home().resolve("server-helidon.jar").toString());
    }
}
