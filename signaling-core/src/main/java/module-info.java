/**
 * WebRTC signaling without a transport: messages, the hub that routes them, and what can be plugged into it.
 *
 * <p>Nothing here does I/O, starts a thread or needs another library at run time. Begin with
 * {@link dev.signaling.SignalingHub}.
 */
module dev.signaling.core {
    requires static transitive org.jspecify;

    exports dev.signaling;
    exports dev.signaling.message;
    exports dev.signaling.spi;
}
