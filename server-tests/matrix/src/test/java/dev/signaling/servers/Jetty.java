package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Jetty from its home and a base, with what an application of that Jakarta EE needs. */
record Jetty(String ee) implements Server {

    @Override
    public String id() {
        return "jetty-" + ee;
    }

    @Override
    public String name() {
        return "Jetty " + ee;
    }

    @Override
    public String version() {
        return System.getProperty("version.jetty");
    }

    @Override
    public Path home() {
        return Build.TARGET.resolve("servers/jetty");
    }

    @Override
    public boolean hasJsonb() {
        return false;
    }

    @Override
    public int heap() {
        return 160;
    }

    @Override
    public Start prepare(Installation installation) throws IOException {
        Path home = Build.only(installation.home());
        installation.deploy(installation.folder().resolve("webapps"));
        Path settings = Files.createDirectories(installation.folder().resolve("start.d"));
        Files.writeString(
                settings.resolve("http.ini"),
                "--module=http\njetty.deploy.scanInterval=1\njetty.http.host=127.0.0.1\njetty.http.port="
                        + installation.port() + "\n");
        Files.writeString(
                settings.resolve("application.ini"),
                "--module=%1$s-deploy\n--module=%1$s-annotations\n--module=%1$s-websocket-jakarta\n".formatted(ee));
        return Start.of(
                installation.java(),
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + installation.folder());
    }

    @Override
    public Optional<Path> deployed(Path folder) {
        return Optional.of(folder.resolve("webapps/calls.war"));
    }

    @Override
    public Optional<String> classLoader() {
        return Optional.of("org.eclipse.jetty.ee.webapp.WebAppClassLoader");
    }
}
