package dev.signaling.demo.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The configuration of coturn that {@code docs/turn.md} prints: the tests run that, and not one of their own. */
final class TurnDocument {

    private static final Path FILE = Path.of("..", "docs", "turn.md");
    private static final Pattern BLOCK = Pattern.compile("^```conf\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private TurnDocument() {}

    /**
     * The configuration, with other values for some of its keys: several values are as many lines.
     *
     * @throws IllegalArgumentException if it has no such key
     */
    static String configuration(Map<String, List<String>> values) {
        var lines = printed();
        for (var key : values.keySet()) {
            if (lines.stream().noneMatch(line -> line.startsWith(key + "="))) {
                throw new IllegalArgumentException("no " + key + " in the configuration of " + FILE);
            }
        }
        return lines.stream()
                .map(line -> {
                    var key = line.replaceFirst("=.*", "");
                    var others = values.get(key);
                    return others == null
                            ? line
                            : others.stream().map(value -> key + "=" + value).collect(Collectors.joining("\n"));
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> printed() {
        try {
            var block = BLOCK.matcher(Files.readString(FILE));
            if (!block.find()) {
                throw new IllegalStateException("no configuration in " + FILE);
            }
            return block.group(1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
