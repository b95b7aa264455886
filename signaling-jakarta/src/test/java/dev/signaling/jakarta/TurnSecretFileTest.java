package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnSecretFileTest {

    private static final Logger LOGGER = Logger.getLogger(TurnSecretFile.class.getName());

    private final AtomicLong now = new AtomicLong(17);
    private final List<String> log = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line.getLevel() + " " + new SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    private Path file() {
        return folder.resolve("turn-secret");
    }

    private TurnSecretFile of(String text) throws IOException {
        Files.writeString(file(), text);
        return TurnSecretFile.of(file(), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void hasTheFirstOneOrTwoLinesThatAreNotBlank() throws IOException {
        assertEquals(List.of("north"), of("north").get());
        assertEquals(List.of("north"), of("\n  north \r\n\n").get());
        assertEquals(List.of("north"), of("\ufeffnorth").get(), "behind the mark that some editors write");
        assertEquals(
                List.of("north", "south of here"),
                of("north\n\nsouth of here\n").get());
        assertEquals(List.of("north"), of("north\nnorth\n").get(), "one is one however often it is there");
    }

    @Test
    void isReadAgainWhenItHasChanged() throws IOException {
        TurnSecretFile secrets = of("north\n");
        Files.writeString(file(), "south\nnorth\n");
        assertEquals(List.of("north"), secrets.get(), "it is looked at once a second at most");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("south", "north"), secrets.get());
        assertEquals(1, log.size(), log::toString);
    }

    @Test
    void isReadAgainAlsoIfItsTimeAndSizeAreTheSame() throws IOException {
        TurnSecretFile secrets = of("north\n");
        FileTime written = Files.getLastModifiedTime(file());
        Files.writeString(file(), "south\n");
        Files.setLastModifiedTime(file(), written);
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("south"), secrets.get());
    }

    @Test
    void theEarlierSecretsHoldWhileItCannotBeUsed() throws IOException {
        TurnSecretFile secrets = of("north");
        for (String faulty : List.of("", " \n", "hush".repeat(1_000), "hush\n".repeat(10_000))) {
            Files.writeString(file(), faulty);
            pass(Duration.ofSeconds(1));
            assertEquals(List.of("north"), secrets.get());
        }
        Files.delete(file());
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("north"), secrets.get());
        assertEquals(1, log.size(), "it is said once");
        Files.writeString(file(), "a new one");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a new one"), secrets.get());
        Files.delete(file());
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a new one"), secrets.get());
        assertEquals(3, log.size());
        Files.writeString(file(), "a new one");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a new one"), secrets.get());
        assertEquals(4, log.size(), log::toString);
        assertTrue(log.get(3).contains("can be used again"), log::toString);
        assertTrue(log.get(0).startsWith("WARNING") && log.get(2).startsWith("WARNING"), log::toString);
        assertFalse(log.toString().contains("hush") || log.toString().contains("new one"), log::toString);
    }

    @Test
    void saysWhatIsWrongWithTheFileAndNotWhatIsInIt() throws IOException {
        refused("cannot be read", file());
        refused("cannot be read", folder.resolve("turn-secret").resolve("below"));
        for (String text : List.of("", "\n \n")) {
            refused("has no secret", Files.writeString(file(), text));
        }
        refused("more than two", Files.writeString(file(), "hush\nhush 2\nhush 3\n"));
        refused("a comment or a key", Files.writeString(file(), "# hush\nnorth\n"));
        refused("a comment or a key", Files.writeString(file(), "static-auth-secret=hush\n"));
        refused("over 1024 characters", Files.writeString(file(), "hush".repeat(257)));
        refused("over 16384 bytes", Files.writeString(file(), "hush\n".repeat(4_000)));
        Files.write(file(), new byte[] {(byte) 0xff, 'h', 'u', 's', 'h'});
        assertEquals(
                5,
                TurnSecretFile.of(file()).get().get(0).getBytes(StandardCharsets.UTF_16BE).length / 2,
                "a text anyway");
        assertEquals("TurnSecretFile[" + file() + "]", TurnSecretFile.of(file()).toString());
    }

    private static void refused(String words, Path file) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> TurnSecretFile.of(file));
        assertTrue(
                refusal.toString().contains(words) && refusal.toString().contains(file.toString()), refusal::toString);
        assertFalse(refusal.toString().contains("hush"), refusal::toString);
    }
}
