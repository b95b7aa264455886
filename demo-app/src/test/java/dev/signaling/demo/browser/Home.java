package dev.signaling.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A fresh folder for one browser process: its home, its profile, and its temporary files, deleted as one. */
record Home(Path folder) {

    static Home create() {
        try {
            var home = new Home(Files.createTempDirectory("signaling-browser-"));
            Files.createDirectory(home.profile());
            Files.createDirectory(home.temporary());
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path profile() {
        return folder.resolve("profile");
    }

    private Path temporary() {
        return folder.resolve("tmp");
    }

    /** A command that finds nothing of the user who runs the tests, and leaves nothing with them. */
    ProcessBuilder command(List<String> words) {
        var command = new ProcessBuilder(words);
        command.environment().put("HOME", folder.toString());
        command.environment().put("TMPDIR", temporary().toString());
        return command;
    }

    void delete() {
        try (var entries = Files.walk(folder)) {
            for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }
}
