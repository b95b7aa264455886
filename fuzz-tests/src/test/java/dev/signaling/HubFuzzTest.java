package dev.signaling;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes are read as what happens to a hub, step by step. */
class HubFuzzTest {

    @FuzzTest
    void isWhatTheModelSays(byte[] bytes) {
        HubStage.play(Step.read(bytes));
    }
}
