package dev.signaling.servers;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One that is a library of the application: a {@code main} of a module beside this one, with its class path in one folder. */
record Embedded(String id, String name, String tuned, boolean refusesEarly) implements Server {

    @Override
    public Path home() {
        return Build.TARGET.resolve("../../" + id + "/target").normalize();
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
    public Start prepare(Installation installation) {
        List<String> command = new ArrayList<>(List.of(
                installation.java(),
                "-cp",
                installation.home().resolve("classes")
                        + File.pathSeparator
                        + installation.home().resolve("lib/*"),
                "dev.signaling.servers.Main",
                Integer.toString(installation.port())));
        Tuned.SETTINGS.forEach((key, value) -> command.add(key + "=" + value));
        return new Start(command, Map.of());
    }
}
