package dev.signaling.conformance;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the host of the deployment says about it, and how it is to be looked at. See {@link Conformance}. */
record Settings(
        Optional<String> origin,
        Map<String, String> headers,
        Duration timeout,
        Duration joinDeadline,
        Duration pongDeadline,
        int messages,
        Set<String> only,
        boolean quick,
        boolean insecure) {

    static Settings defaults() {
        return new Settings(
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(75),
                20_000,
                Set.of(),
                false,
                false);
    }

    Settings withOrigin(Optional<String> value) {
        return new Settings(value, headers, timeout, joinDeadline, pongDeadline, messages, only, quick, insecure);
    }

    Settings withHeaders(Map<String, String> value) {
        return new Settings(origin, value, timeout, joinDeadline, pongDeadline, messages, only, quick, insecure);
    }

    Settings withTimeout(Duration value) {
        return new Settings(origin, headers, value, joinDeadline, pongDeadline, messages, only, quick, insecure);
    }

    Settings withJoinDeadline(Duration value) {
        return new Settings(origin, headers, timeout, value, pongDeadline, messages, only, quick, insecure);
    }

    Settings withPongDeadline(Duration value) {
        return new Settings(origin, headers, timeout, joinDeadline, value, messages, only, quick, insecure);
    }

    Settings withMessages(int value) {
        return new Settings(origin, headers, timeout, joinDeadline, pongDeadline, value, only, quick, insecure);
    }

    Settings withOnly(Set<String> value) {
        return new Settings(origin, headers, timeout, joinDeadline, pongDeadline, messages, value, quick, insecure);
    }

    Settings asQuick() {
        return new Settings(origin, headers, timeout, joinDeadline, pongDeadline, messages, only, true, insecure);
    }

    Settings asInsecure() {
        return new Settings(origin, headers, timeout, joinDeadline, pongDeadline, messages, only, quick, true);
    }
}
