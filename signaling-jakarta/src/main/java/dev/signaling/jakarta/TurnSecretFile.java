package dev.signaling.jakarta;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The secrets of a TURN server, from a file: its first line that is not blank and, while a secret is being replaced, the
 * second one; for {@link dev.signaling.SharedSecretTurn.Builder#secrets}. White space around them is not part of them.
 *
 * <p>The file is read again when it has changed, which is looked for once a second at most. If it cannot be read then, or has
 * no secret, such as when it is just being written, the earlier ones hold, and the log says so. Safe to be used by several
 * threads. Neither the log nor an exception tells what stands in the file.
 */
public final class TurnSecretFile implements Supplier<List<String>> {

    private static final Logger LOGGER = System.getLogger(TurnSecretFile.class.getName());
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
    private static final int MOST_BYTES = 16_384;
    private static final int LONGEST = 1_024;

    private final Path file;
    private final LongSupplier nanoTime;
    private final AtomicLong looked;
    private volatile Content content;
    private volatile boolean isFaulty; // it has been said, and is not said again before the file was good once

    private TurnSecretFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.looked = new AtomicLong(nanoTime.getAsLong());
        try {
            content = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file with the secret of the TURN server cannot be read: " + file, e);
        }
    }

    private record Content(List<String> secrets, Stamp stamp) {}

    /** By what a file is seen to have changed. */
    private record Stamp(FileTime modified, long size) {}

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it cannot be read, is over 16,384 bytes, or if it has no secret or one that is over
     *     1,024 characters
     */
    public static TurnSecretFile of(Path file) {
        return of(file, System::nanoTime);
    }

    static TurnSecretFile of(Path file, LongSupplier nanoTime) {
        return new TurnSecretFile(file, nanoTime);
    }

    /** The one secret, or both. Reads the file if it has changed. */
    @Override
    public List<String> get() {
        long now = nanoTime.getAsLong();
        long last = looked.get();
        if (now - last >= LOOK_EVERY && looked.compareAndSet(last, now)) {
            look();
        }
        return content.secrets();
    }

    private void look() {
        try {
            if (!stamp().equals(content.stamp())) {
                content = read();
                LOGGER.log(Level.INFO, "{0} has changed: its secrets hold from now on", file);
            }
            isFaulty = false;
        } catch (IOException | IllegalArgumentException e) {
            if (!isFaulty) {
                isFaulty = true;
                LOGGER.log(Level.WARNING, file + " has changed and cannot be used: the earlier secrets hold", e);
            }
        }
    }

    private Stamp stamp() throws IOException {
        return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
    }

    private Content read() throws IOException {
        Stamp stamp = stamp(); // before, so that what is written meanwhile is seen at the next look
        if (stamp.size() > MOST_BYTES) {
            throw new IllegalArgumentException("the file has over " + MOST_BYTES + " bytes: " + file);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> secrets = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .toList();
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("the file has no secret: " + file);
        }
        if (secrets.stream().anyMatch(secret -> secret.length() > LONGEST)) {
            throw new IllegalArgumentException("a secret has over " + LONGEST + " characters in " + file);
        }
        return new Content(secrets, stamp);
    }

    /** Tells which file it is. */
    @Override
    public String toString() {
        return "TurnSecretFile[" + file + "]";
    }
}
