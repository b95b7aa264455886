package dev.signaling.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Payara Micro: its jar and the WAR on one command line. */
record PayaraMicro() implements Server {

    @Override
    public String id() {
        return "payara-micro";
    }

    @Override
    public String name() {
        return "Payara Micro";
    }

    @Override
    public boolean hasJsonb() {
        return true;
    }

    @Override
    public Start prepare(Installation installation) throws IOException {
        Path commands = installation.folder().resolve("before-boot.txt");
        Files.writeString(
                commands,
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address"
                        + "=127.0.0.1\n");
        String jar = Build.files(installation.home()).get(0).toString();
        List<String> command = new ArrayList<>(List.of(
                installation.java(),
                "-jar",
                jar,
                "--nocluster",
                "--prebootcommandfile",
                commands.toString(),
                "--port",
                Integer.toString(installation.port()),
                "--rootdir",
                installation.folder().resolve("root").toString()));
        for (Path war : installation.wars()) {
            command.addAll(List.of("--deploy", war.toString()));
        }
        return new Start(command, Map.of());
    }
}
