package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Open Liberty: {@code server run} with the Web Profile. */
record OpenLiberty() implements Server {

    @Override
    public String id() {
        return "open-liberty";
    }

    @Override
    public String name() {
        return "Open Liberty";
    }

    @Override
    public boolean hasJsonb() {
        return true;
    }

    @Override
    public Start prepare(Installation installation) throws IOException {
        Path server = Files.createDirectories(installation.folder().resolve("usr/servers/calls"));
        installation.deploy(server.resolve("apps"));
        Files.writeString(
                server.resolve("server.xml"),
                """
                <server>
                  <featureManager>
                    <feature>webProfile-10.0</feature>
                  </featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                  <webApplication location="calls.war" contextRoot="/calls"/>
                  <webApplication location="tuned.war" contextRoot="/tuned"/>
                </server>
                """
                        .formatted(installation.port()));
        return new Start(
                List.of(
                        "sh",
                        Build.only(installation.home()).resolve("bin/server").toString(),
                        "run",
                        "calls"),
                Map.of("WLP_USER_DIR", installation.folder().resolve("usr").toString()));
    }

    @Override
    public Optional<Path> deployed(Path folder) {
        return Optional.of(folder.resolve("usr/servers/calls/apps/calls.war"));
    }
}
