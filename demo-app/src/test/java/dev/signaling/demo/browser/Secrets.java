package dev.signaling.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with the secrets that a TURN server shares with the demo, one a line: gone when it is closed. */
record Secrets(Path file) implements AutoCloseable {

    static Secrets of(String... secrets) {
        try {
            var made = new Secrets(Files.createTempFile("signaling-secrets-", ""));
            made.become(secrets);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes others. */
    void become(String... secrets) {
        try {
            Files.write(file, List.of(secrets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
