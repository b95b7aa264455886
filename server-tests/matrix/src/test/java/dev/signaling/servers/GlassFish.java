package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** GlassFish: {@code asadmin start-domain} over a copy of its domain, which deploys what it finds in a folder. */
record GlassFish() implements Server {

    @Override
    public String id() {
        return "glassfish";
    }

    @Override
    public String name() {
        return "GlassFish";
    }

    @Override
    public boolean hasJsonb() {
        return true;
    }

    @Override
    public int java() {
        return 25;
    }

    private static String onLoopback(String settings, int port) throws IOException {
        String moved = settings.replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
                .replace("<network-listener port=\"8181\"", "<network-listener enabled=\"false\" port=\"8181\"")
                .replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
                .replace("port=\"8080\"", "port=\"" + port + "\"");
        for (String other : List.of("4848", "3700", "3820", "3920", "8686")) {
            moved = moved.replace("port=\"" + other + "\"", "port=\"" + RunningServer.freePort() + "\"");
        }
        return moved;
    }

    @Override
    public Start prepare(Installation installation) throws IOException {
        Path home = Build.only(installation.home()).resolve("glassfish");
        Path domain = installation.folder().resolve("domains/domain1");
        Build.copy(home.resolve("domains/domain1"), domain);
        Path settings = domain.resolve("config/domain.xml");
        Files.writeString(settings, onLoopback(Files.readString(settings), installation.port()));
        installation.deploy(domain.resolve("autodeploy"));
        return Start.of(
                "bash",
                home.resolve("bin/asadmin").toString(),
                "start-domain",
                "--verbose",
                "--domaindir",
                installation.folder().resolve("domains").toString(),
                "domain1");
    }

    @Override
    public Optional<Path> deployed(Path folder) {
        return Optional.of(folder.resolve("domains/domain1/autodeploy/calls.war"));
    }
}
