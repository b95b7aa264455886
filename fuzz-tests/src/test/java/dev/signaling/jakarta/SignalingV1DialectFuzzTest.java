package dev.signaling.jakarta;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is a message or refused by the rules of PROTOCOL.md, as another reader of JSON sees them. */
class SignalingV1DialectFuzzTest {

    @FuzzTest
    void readsWhatTheRulesSay(byte[] bytes) {
        DialectChecks.v1(new String(bytes, UTF_8));
    }
}
