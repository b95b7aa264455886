package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds PROTOCOL.md against the code: plays every example over a real socket and compares the tables. */
class ProtocolTest {

    private static final Pattern RULE = Pattern.compile("(?ms)^\\*\\*([TV]\\d+)\\.\\*\\*(.*?)^```\\n(.*?)^```$");

    /** What {@code SignalingServer} closes with before the hub knows of a connection. */
    private static final List<String> REFUSALS = List.of(
            "1008 origin-refused",
            "1008 subprotocol-refused",
            "1008 authentication-refused",
            "1013 too-many-from-address");

    private final Document protocol;

    ProtocolTest() throws IOException {
        protocol = Document.of("PROTOCOL.md");
    }

    @BeforeAll
    static void beQuiet() {
        ConsoleLog.onlyWarnings();
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsTrue() {
        return rules().stream()
                .map(rule -> dynamicTest(rule.group(1), () -> {
                    ProtocolFormat format = rule.group(1).startsWith("V") ? ProtocolFormat.V1 : ProtocolFormat.TUTORIAL;
                    String example = rule.group(3);
                    try (ProtocolStage stage = new ProtocolStage(format, example.contains("iceServers"))) {
                        stage.play(example.lines().toList());
                    }
                }));
    }

    @Test
    void rulesAreNumberedWithoutGapsAndEachHasAnExample() {
        List<String> numbers = rules().stream().map(rule -> rule.group(1)).toList();
        long ofPart1 = numbers.stream().filter(number -> number.startsWith("T")).count();
        List<String> expected = Stream.concat(
                        LongStream.rangeClosed(1, ofPart1).mapToObj(number -> "T" + number),
                        LongStream.rangeClosed(1, numbers.size() - ofPart1).mapToObj(number -> "V" + number))
                .toList();
        assertEquals(expected, numbers);
        assertTrue(
                rules().stream().noneMatch(rule -> rule.group(2).matches("(?s).*\\*\\*[TV]\\d.*")),
                "a rule without an example");
    }

    @Test
    void theErrorCodesAreThoseOfTheCode() {
        assertEquals(
                Stream.of(ErrorCode.values()).map(ErrorCode::code).toList(),
                protocol.table("code", "meaning", "in part 1").stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    @Test
    void theCloseCodesAreThoseOfTheCode() {
        List<String> expected = new ArrayList<>(Stream.of(CloseStatus.values())
                .filter(status -> status != CloseStatus.LOST) // of which there is no close frame
                .map(status -> status.code() + " " + status.reason())
                .toList());
        expected.addAll(REFUSALS);
        List<String> written = protocol.table("code", "reason", "meaning").stream()
                .map(row -> row.get(0) + " " + row.get(1))
                .toList();
        assertEquals(new TreeSet<>(expected), new TreeSet<>(written));
        assertEquals(expected.size(), written.size(), "a close code stands twice");
    }

    @Test
    void theTablesNameRulesThatExist() {
        Set<String> numbers = rules().stream().map(rule -> rule.group(1)).collect(Collectors.toSet());
        Pattern.compile("\\b[TV]\\d+\\b")
                .matcher(protocol.text())
                .results()
                .map(MatchResult::group)
                .forEach(rule -> assertTrue(numbers.contains(rule), rule));
    }

    private List<MatchResult> rules() {
        return RULE.matcher(protocol.text()).results().toList();
    }
}
