package dev.signaling.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is a message or refused by the rules of PROTOCOL.md, as another reader of JSON sees them. */
class TutorialDialectFuzzTest {

    @FuzzTest
    void readsWhatTheRulesSay(byte[] bytes) {
        DialectChecks.tutorial(new String(bytes, UTF_8));
    }
}
