package dev.signaling.servers;

import java.nio.file.Path;

/** An application of Quarkus's, as its build makes it: {@code java -jar quarkus-run.jar}. */
record Quarkus() implements Server {

    @Override
    public String id() {
        return "quarkus";
    }

    @Override
    public String name() {
        return "Quarkus";
    }

    @Override
    public Path home() {
        return Build.TARGET.resolve("../../quarkus/target/quarkus-app").normalize();
    }

    @Override
    public boolean hasJsonb() {
        return false;
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
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + installation.port(),
                "-Ddev.signaling.limits.peersPerChannel=7",
                "-jar",
                installation.home().resolve("quarkus-run.jar").toString());
    }
}
