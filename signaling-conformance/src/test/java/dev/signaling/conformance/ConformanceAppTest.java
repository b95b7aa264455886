package dev.signaling.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What an operator sees. */
class ConformanceAppTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new ConformanceApp())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void printsALineForEachRuleAndASum() {
        try (TyrusNode node = TyrusNode.start()) {
            String url = "ws://127.0.0.1:" + node.port() + "/signal";
            assertEquals(0, run("--only", "T5,T15,V29", url));
            assertEquals(
                    """
                    Checking %s

                    T5   PASS         a join is answered
                    T15  FOR CLIENTS  unknown messages are ignored
                                      clients ignore types, fields and codes that they do not know
                    V29  NOT CHECKED  a server that stops says so
                                      the server would have to be stopped

                    1 PASS, 1 NOT CHECKED, 1 FOR CLIENTS in N s
                    """
                            .formatted(url),
                    out.toString().replace("\r", "").replaceAll("in \\d+ s", "in N s"));
        }
    }

    @Test
    void exitsWithOneIfARuleIsBroken() throws IOException {
        try (TyrusNode node = TyrusNode.start();
                FaultyProxy proxy = new FaultyProxy(node.port(), PlantedFault.FORGETS_IDS.fault())) {
            assertEquals(1, run("--timeout", "1", "--only=V5", "ws://127.0.0.1:" + proxy.port() + "/signal"));
            assertTrue(out.toString().contains("V5   FAIL         ids are repeated"), out.toString());
            assertTrue(out.toString().contains("Broken: V5"), out.toString());
        }
    }

    @Test
    void exitsWithOneIfNobodyLetsItIn() {
        try (TyrusNode node = TyrusNode.start()) {
            assertEquals(1, run("ws://127.0.0.1:" + node.port() + "/elsewhere"));
            assertTrue(err.toString().contains("the handshake was answered with HTTP"), err.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://127.0.0.1/signal",
                "--timeout=0 ws://127.0.0.1/signal",
                "--only=T99 ws://127.0.0.1/signal",
                "--header=x ws://127.0.0.1/signal",
                "--unheard-of ws://127.0.0.1/signal"
            })
    void exitsWithTwoIfMisused(String arguments) {
        assertEquals(2, run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)));
        assertTrue(err.toString().contains("Usage: signaling-conformance"), err.toString());
    }

    @Test
    void listsTheRules() {
        assertEquals(0, run("--list"));
        assertEquals(
                Conformance.rules().stream().map(Rule::number).toList(),
                out.toString()
                        .lines()
                        .filter(line -> !line.startsWith(" "))
                        .map(line -> line.split(" ", 2)[0])
                        .toList());
        assertTrue(out.toString().contains("for clients: answer pings"), out.toString());
    }
}
