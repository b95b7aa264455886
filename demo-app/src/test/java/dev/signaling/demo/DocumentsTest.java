package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.jakarta.Liveness;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all documents have to keep, and the figures of docs/limits.md. */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("(?s)\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern PROOF = Pattern.compile("\\b(?:[A-Z]\\w*(?:Test|Benchmark)|[TV]\\d+)\\b");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    @Test
    void noLinkIsDead() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Document document : Document.all()) {
            for (String link : links(document)) {
                links++;
                if (!leadsSomewhere(document, link)) {
                    dead.add(Document.PROJECT.relativize(document.file()) + ": " + link);
                }
            }
        }
        assertEquals(List.of(), dead);
        assertTrue(links > 0, "no links were found at all");
    }

    @Test
    void everyLimitStandsThereWithItsDefault() throws Exception {
        List<String> expected = new ArrayList<>(figures(Limits.defaults()));
        expected.addAll(figures(Liveness.defaults()));
        List<String> written = Document.of("docs/limits.md").table("limit", "default").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .toList();
        assertEquals(expected, written);
    }

    /** By tests that are there, or rules that PROTOCOL.md has. */
    @Test
    void everyLimitIsShownBySomething() throws IOException {
        List<String> limits = Stream.of(Limits.class, Liveness.class)
                .flatMap(settings -> Stream.of(settings.getRecordComponents()))
                .map(RecordComponent::getName)
                .toList();
        Set<String> tests = Document.tests().keySet();
        String rules = Document.of("PROTOCOL.md").text();
        List<String> shown = new ArrayList<>();
        for (List<String> row : Document.of("docs/limits.md").table("limit", "shown by")) {
            shown.addAll(List.of(row.get(0).split(", ")));
            List<String> proofs =
                    PROOF.matcher(row.get(1)).results().map(MatchResult::group).toList();
            assertFalse(proofs.isEmpty(), row::toString);
            for (String proof : proofs) {
                assertTrue(tests.contains(proof) || rules.contains("**" + proof + ".**"), proof);
            }
        }
        assertEquals(limits, shown);
    }

    /** Or a client that comes back would lose some of it. */
    @Test
    void whatTheClientKeepsMayAllWaitForTheStore() throws IOException {
        int messages = clientConstant("MOST_MESSAGES");
        int characters = clientConstant("MOST_CHARACTERS");
        assertTrue(messages + 400 < Limits.defaults().messageBurst());
        assertTrue(characters + 700_000 < Limits.defaults().waitingCharacters());
        String kept = String.format(
                Locale.ROOT, "`signaling-client` keeps %,d messages and %,d characters", messages, characters);
        assertTrue(
                Document.of("docs/limits.md").text().replace('\n', ' ').contains(kept),
                () -> "does not say that " + kept);
    }

    private static int clientConstant(String name) throws IOException {
        Path script =
                Document.PROJECT.resolve("signaling-client/src/main/resources/META-INF/resources/signaling/outbox.js");
        Matcher constant = Pattern.compile("const " + name + " = ([0-9_]+);").matcher(Files.readString(script));
        assertTrue(constant.find(), name);
        return Integer.parseInt(constant.group(1).replace("_", ""));
    }

    private static List<String> links(Document document) {
        return LINK.matcher(document.text())
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** Addresses elsewhere are looked at, not visited: a test that needs the network would fail for others' faults. */
    private static boolean leadsSomewhere(Document document, String link) throws IOException {
        URI target = URI.create(link);
        if (target.isAbsolute()) {
            return target.getHost() != null && "https".equals(target.getScheme());
        }
        Path file = target.getPath().isEmpty()
                ? document.file()
                : document.file().resolveSibling(target.getPath()).normalize();
        return file.startsWith(Document.PROJECT)
                && Files.exists(file)
                && (target.getFragment() == null || anchors(file).contains(target.getFragment()));
    }

    private static Set<String> anchors(Path file) throws IOException {
        return HEADING.matcher(Files.readString(file))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<String> figures(Record settings) throws ReflectiveOperationException {
        List<String> figures = new ArrayList<>();
        for (RecordComponent component :
                Stream.of(settings.getClass().getRecordComponents()).toList()) {
            Object value = component.getAccessor().invoke(settings);
            String figure = value instanceof Duration time
                    ? time.toSeconds() + " s"
                    : String.format(Locale.ROOT, "%,d", (Integer) value);
            figures.add(component.getName() + " " + figure);
        }
        return figures;
    }
}
