package dev.signaling.jakarta;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The secrets of a TURN server, from a file: its one line that is not blank or, while a secret is being replaced, its two;
 * for {@link dev.signaling.SharedSecretTurn.Builder#secrets}. White space around them is not part of them.
 *
 * <p>The file is read again once a second at most, when a secret is asked for. If it cannot be read then, or has no secret, such
 * as when it is just being written, the earlier ones hold, and the log says so. What is written piece by piece may be read
 * half written: better put another file in its place. Safe to be used by several threads. Neither the log nor an exception
 * tells what stands in the file.
 */
public final class TurnSecretFile implements Supplier<List<String>> {

    private static final Logger LOGGER = System.getLogger(TurnSecretFile.class.getName());
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();
    private static final int MOST_BYTES = 16_384;
    private static final int LONGEST = 1_024;
    private static final Pattern NO_SECRETS = Pattern.compile("#|static-auth-secret\\s*=");
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Path file;
    private final LongSupplier nanoTime;
    private final AtomicLong looked;
    private volatile List<String> secrets;
    private volatile boolean isFaulty; // it has been said, and is not said again before the file was good once

    private TurnSecretFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.looked = new AtomicLong(nanoTime.getAsLong());
        try {
            secrets = read();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file with the secret of the TURN server cannot be read: " + file, e);
        }
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if it cannot be read, is over 16,384 bytes, or if it has no secret, more than two, one
     *     that is over 1,024 characters, a comment, or coturn's {@code static-auth-secret=} in front of one
     */
    public static TurnSecretFile of(Path file) {
        return of(file, System::nanoTime);
    }

    static TurnSecretFile of(Path file, LongSupplier nanoTime) {
        return new TurnSecretFile(file, nanoTime);
    }

    /** The one secret, or both. Reads the file, once a second at most. */
    @Override
    public List<String> get() {
        long now = nanoTime.getAsLong();
        long last = looked.get();
        if (now - last >= LOOK_EVERY && looked.compareAndSet(last, now)) {
            look();
        }
        return secrets;
    }

    private void look() {
        try {
            List<String> now = read(); // its time and size say nothing: secrets are as long as each other
            if (!now.equals(secrets)) {
                secrets = now;
                LOGGER.log(Level.INFO, "{0} has changed: its secrets hold from now on", file);
            } else if (isFaulty) {
                LOGGER.log(Level.INFO, "{0} can be used again, and has not changed", file);
            }
            isFaulty = false;
        } catch (IOException | IllegalArgumentException e) {
            if (!isFaulty) {
                isFaulty = true;
                LOGGER.log(Level.WARNING, file + " cannot be used: the earlier secrets hold: " + words(e));
            }
        }
    }

    /** A line for an operator, and no stack trace. */
    private static String words(Exception fault) {
        return fault instanceof IOException ? fault.toString() : String.valueOf(fault.getMessage());
    }

    private List<String> read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("the file has over " + MOST_BYTES + " bytes: " + file);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        List<String> read = bare.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
        if (read.isEmpty()) {
            throw new IllegalArgumentException("the file has no secret: " + file);
        }
        if (read.size() > 2) {
            throw new IllegalArgumentException(
                    "the file has more than two lines, and so more than two secrets: " + file);
        }
        if (read.stream().anyMatch(line -> NO_SECRETS.matcher(line).lookingAt())) {
            throw new IllegalArgumentException(
                    "the file has a comment or a key; a line of it is a secret and nothing else: " + file);
        }
        if (read.stream().anyMatch(secret -> secret.length() > LONGEST)) {
            throw new IllegalArgumentException("a secret has over " + LONGEST + " characters in " + file);
        }
        return read;
    }

    /** Tells which file it is. */
    @Override
    public String toString() {
        return "TurnSecretFile[" + file + "]";
    }
}
