package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** WildFly: {@code standalone.sh} over a copy of its {@code standalone} folder. */
record WildFly() implements Server {

    @Override
    public String id() {
        return "wildfly";
    }

    @Override
    public String name() {
        return "WildFly";
    }

    @Override
    public boolean hasJsonb() {
        return true;
    }

    @Override
    public Start prepare(Installation installation) throws IOException {
        Path home = Build.only(installation.home());
        Path standalone = installation.folder().resolve("standalone");
        Build.copy(home.resolve("standalone"), standalone);
        installation.deploy(standalone.resolve("deployments"));
        return new Start(
                List.of(
                        "sh",
                        home.resolve("bin/standalone.sh").toString(),
                        "-b=127.0.0.1",
                        "-bmanagement=127.0.0.1",
                        "-Djboss.server.base.dir=" + standalone,
                        "-Djboss.http.port=" + installation.port(),
                        "-Djboss.https.port=" + RunningServer.freePort(),
                        "-Djboss.management.http.port=" + RunningServer.freePort()),
                Map.of("JBOSS_HOME", home.toString()));
    }

    @Override
    public Optional<Path> deployed(Path folder) {
        return Optional.of(folder.resolve("standalone/deployments/calls.war"));
    }
}
