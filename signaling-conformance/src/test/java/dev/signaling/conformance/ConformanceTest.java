package dev.signaling.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is checked, and that our own endpoint on Tyrus keeps all of it. */
class ConformanceTest {

    @Test
    void ourEndpointKeepsEveryRule() throws InterruptedException {
        try (TyrusNode node = TyrusNode.start()) {
            List<Result> results = TyrusNode.conformance(node.port())
                    .origin("http://127.0.0.1:" + node.port())
                    .run();
            assertEquals(
                    "T15 CLIENT, T23 NOT_CHECKED, T27 NOT_CHECKED, V29 NOT_CHECKED, V32 NOT_CHECKED",
                    results.stream()
                            .filter(result -> result.outcome() != Outcome.PASS
                                    || !result.detail().isEmpty())
                            .map(result -> (result.rule() + " " + result.outcome() + " "
                                            + (result.outcome() == Outcome.FAIL ? result.detail() : ""))
                                    .strip())
                            .collect(Collectors.joining(", ")));
            assertEquals(numbers(), results.stream().map(Result::rule).toList());
        }
    }

    @Test
    void everyRuleOfTheProtocolHasChecksOrAReason() throws IOException {
        Path protocol =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("PROTOCOL.md");
        List<String> written = Pattern.compile("(?m)^\\*\\*([TV]\\d+)\\.\\*\\*")
                .matcher(Files.readString(protocol))
                .results()
                .map(rule -> rule.group(1))
                .toList();
        assertEquals(written, numbers());
        for (Rule rule : Conformance.rules()) {
            assertTrue(
                    rule.isChecked() || !rule.remark().isEmpty(), rule.number() + " has neither checks nor a reason");
        }
    }

    private static List<String> numbers() {
        return Conformance.rules().stream().map(Rule::number).toList();
    }

    @Test
    void saysWhatItLeavesOut() throws InterruptedException {
        try (TyrusNode node = TyrusNode.start()) {
            List<Result> results = TyrusNode.conformance(node.port())
                    .quick()
                    .only(Set.of("T19", "T23", "T15"))
                    .run();
            assertEquals(
                    List.of(Outcome.CLIENT, Outcome.SKIP, Outcome.NOT_CHECKED),
                    results.stream().map(Result::outcome).toList());
            assertTrue(results.stream().noneMatch(result -> result.detail().isEmpty()), results.toString());
        }
    }

    @Test
    void refusesWhatItCannotLookAt() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> Conformance.of(URI.create("http://127.0.0.1/signal")));
        assertThrows(IllegalArgumentException.class, () -> Conformance.of(URI.create("ws:/signal")));
        Conformance any = Conformance.of(URI.create("ws://127.0.0.1/signal"));
        assertThrows(IllegalArgumentException.class, () -> any.only(Set.of("T99")));
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        assertThrows(java.io.UncheckedIOException.class, () -> Conformance.of(URI.create("ws://127.0.0.1:" + nobody))
                .run());
    }
}
