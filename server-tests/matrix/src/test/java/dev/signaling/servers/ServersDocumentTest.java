package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/servers.md and the README's table beside the build; that the versions are those that run, {@link ServersIT} asks the servers. */
class ServersDocumentTest {

    private static final Pattern CODE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

    @Test
    void theTableHasEachServerOnce() throws IOException {
        assertEquals(Servers.everyOne().map(ServersTable::row).toList(), ServersTable.rows());
    }

    @Test
    void theReadmeHasEachServerOnce() throws IOException {
        assertEquals(
                Servers.everyOne()
                        .map(server -> List.of(server.name(), server.version()))
                        .toList(),
                ServersTable.rowsOfReadme());
    }

    @Test
    void saysEachKnownException() throws IOException {
        String document = flat(ServersTable.document());
        for (Server server : Servers.ALL) {
            for (KnownException exception : KnownException.of(server)) {
                String line = server.name() + ", " + exception.rule() + ": " + exception.reason();
                assertTrue(document.contains(line), () -> "docs/servers.md does not say: " + line);
            }
        }
    }

    @Test
    void theCodeIsWhatRuns() throws IOException {
        List<String> blocks = CODE.matcher(ServersTable.document())
                .results()
                .map(block -> flat(block.group(1)))
                .toList();
        assertEquals(5, blocks.size());
        assertRuns("undertow/src/main/java/dev/signaling/servers/Main.java", blocks.get(0));
        assertRuns("spring-boot/src/main/java/dev/signaling/servers/Signaling.java", blocks.get(1));
        assertRuns("quarkus/src/main/java/dev/signaling/servers/Calls.java", blocks.get(2));
        assertRuns("helidon/src/main/java/dev/signaling/servers/Calls.java", blocks.get(2));
        assertRuns("quarkus/src/main/java/dev/signaling/servers/Signaling.java", blocks.get(3));
        assertRuns("helidon/src/main/java/dev/signaling/servers/Signaling.java", blocks.get(4));
    }

    private static void assertRuns(String file, String block) throws IOException {
        String code =
                flat(Files.readString(Build.PROJECT.resolve("server-tests").resolve(file)));
        assertTrue(code.contains(block), () -> file + " does not have\n" + block);
    }

    private static String flat(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
