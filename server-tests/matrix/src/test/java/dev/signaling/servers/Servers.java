package dev.signaling.servers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All servers, in the order of docs/servers.md, and those that this build is to run. */
final class Servers {

    static final List<Server> ALL = List.of(
            new Tomcat("tomcat-11", "Tomcat 11", false),
            new Tomcat("tomcat-10", "Tomcat 10.1", false),
            new Jetty("ee11"),
            new Jetty("ee10"),
            new WildFly(),
            new PayaraMicro(),
            new GlassFish(),
            new OpenLiberty(),
            new Tomcat("tomee", "TomEE webprofile", true),
            new Embedded("undertow", "Undertow", "/tuned/signal", true),
            new Embedded("spring-boot", "Spring Boot", "/calls/tuned", false));

    /** Those that take no WAR, after the others. */
    static final List<Server> WITHOUT_SERVLETS = List.of(new Quarkus(), new Helidon());

    private Servers() {}

    static Stream<Server> chosen(List<Server> from) {
        List<String> ids = Arrays.asList(System.getProperty("servers").split(","));
        List<String> unknown = new ArrayList<>(ids);
        unknown.remove("all");
        unknown.removeAll(everyOne().map(Server::id).toList());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such server: " + unknown);
        }
        return from.stream().filter(server -> ids.contains("all") || ids.contains(server.id()));
    }

    static Stream<Server> everyOne() {
        return Stream.concat(ALL.stream(), WITHOUT_SERVLETS.stream());
    }

    static Stream<Server> chosen() {
        return chosen(ALL);
    }
}
