package dev.signaling.demo;

import java.util.Optional;

/** What the two parts of PROTOCOL.md differ in, as far as its examples are played. */
enum ProtocolFormat {
    TUTORIAL(
            Optional.empty(),
            "{\"type\":\"connection-established\"}",
            "{\"type\":\"joined-channel\",\"channel\":\"stream-video\"}",
            "x",
            "{\"type\":\"error\",\"code\":\"malformed-message\",\"detail\":\"not JSON (at character 0)\"}"),
    V1(
            Optional.of("signaling.v1"),
            "{\"type\":\"connection-established\",\"peer\":[and so on]}",
            "{\"type\":\"joined-channel\",\"channel\":\"stream-video\",[and so on]}",
            "{\"type\":\"ping\",\"id\":\"nothing more?\"}",
            "{\"type\":\"pong\",\"received\":[a number],\"id\":\"nothing more?\"}");

    private final Optional<String> subprotocol;
    private final String established;
    private final String joined;
    private final String question;
    private final String answer;

    ProtocolFormat(Optional<String> subprotocol, String established, String joined, String question, String answer) {
        this.subprotocol = subprotocol;
        this.established = established;
        this.joined = joined;
        this.question = question;
        this.answer = answer;
    }

    /** What a client asks for. */
    Optional<String> subprotocol() {
        return subprotocol;
    }

    /** The first message. */
    String established() {
        return established;
    }

    /** The answer to a join of stream-video. */
    String joined() {
        return joined;
    }

    /** Something that is answered at once. */
    String question() {
        return question;
    }

    /** The answer to that. */
    String answer() {
        return answer;
    }
}
