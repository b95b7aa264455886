package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tomcat and what is made of it: {@code catalina.sh run} with a {@code CATALINA_BASE} of its own. */
record Tomcat(String id, String name, boolean hasJsonb) implements Server {

    @Override
    public int heap() {
        return hasJsonb ? 256 : 160;
    }

    @Override
    public Start prepare(Installation installation) throws IOException {
        Path home = Build.only(installation.home());
        Path base = installation.folder();
        Build.copy(home.resolve("conf"), base.resolve("conf"));
        for (String folder : List.of("logs", "temp", "work")) {
            Files.createDirectories(base.resolve(folder));
        }
        for (String folder : List.of("lib", "bin")) { // TomEE looks here for what is there
            if (hasJsonb) {
                Files.createSymbolicLink(base.resolve(folder), home.resolve(folder));
            }
        }
        Path settings = base.resolve("conf/server.xml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace("port=\"8005\"", "port=\"-1\"")
                        .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" ") // looks for WARs so often
                        .replace(
                                "<Connector port=\"8080\"",
                                "<Connector address=\"127.0.0.1\" port=\"" + installation.port() + "\""));
        installation.deploy(base.resolve("webapps"));
        return new Start(
                List.of("sh", home.resolve("bin/catalina.sh").toString(), "run"),
                Map.of("CATALINA_HOME", home.toString(), "CATALINA_BASE", base.toString()));
    }

    @Override
    public Optional<Path> deployed(Path folder) {
        return Optional.of(folder.resolve("webapps/calls.war"));
    }

    @Override
    public Optional<String> classLoader() {
        return Optional.of(
                id.equals("tomee")
                        ? "org.apache.tomee.catalina.TomEEWebappClassLoader"
                        : "org.apache.catalina.loader.ParallelWebappClassLoader");
    }
}
