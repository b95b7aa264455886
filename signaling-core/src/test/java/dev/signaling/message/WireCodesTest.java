package dev.signaling.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is written on the wire never changes: what stands here may grow and nothing else. */
final class WireCodesTest {

    @Test
    void errorCodes() {
        assertEquals(
                "[malformed-message, unknown-type, invalid-field, message-too-large, invalid-channel, not-joined, "
                        + "already-joined, channel-full, role-taken, too-many-channels, not-allowed, peer-not-found, "
                        + "resume-failed, token-expired, rate-limited, store-unavailable, ice-servers-unavailable]",
                Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList().toString());
    }

    @Test
    void leaveReasons() {
        assertEquals(
                "[left, disconnected, timed-out, replaced, removed]",
                Arrays.stream(LeaveReason.values())
                        .map(LeaveReason::code)
                        .toList()
                        .toString());
    }

    /** RFC 6455, sections 5.5.1 and 7.4: codes that an endpoint may send, and reasons that fit into a control frame. */
    @Test
    void closeStatuses() {
        for (CloseStatus status : CloseStatus.values()) {
            assertEquals(hyphenated(status), status.reason());
            assertTrue(status.reason().getBytes(StandardCharsets.UTF_8).length <= 123);
            assertTrue(
                    status == CloseStatus.LOST
                            || (status.code() >= 1000 && status.code() < 1004)
                            || (status.code() > 1006 && status.code() < 1014)
                            || (status.code() >= 4000 && status.code() < 5000),
                    status::toString);
        }
    }

    @Test
    void aPayloadKeepsItsTextToItself() {
        assertEquals("Payload[11 characters]", new Payload("\"a secret\" ").toString());
    }

    private static String hyphenated(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
