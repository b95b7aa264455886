/**
 * Signaling as a Jakarta WebSocket endpoint: the dialects, in JSON, and what carries them over a
 * {@code jakarta.websocket.Session}. Begin with {@link dev.signaling.jakarta.SignalingServer}.
 */
module dev.signaling.jakarta {
    requires static transitive org.jspecify;
    requires transitive dev.signaling.core;
    requires transitive jakarta.websocket;
    requires jakarta.json.bind;
    requires static transitive jakarta.servlet;
    requires static jakarta.cdi;

    exports dev.signaling.jakarta;

    uses dev.signaling.jakarta.SignalingServerProvider;

    // the records that JSON-B reads and writes
    opens dev.signaling.jakarta;
}
