package dev.signaling.jakarta;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** ICE servers as they are written, for JSON-B: in the shape that a page hands to its {@code RTCPeerConnection}. */
final class IceServersJson {

    private IceServersJson() {}

    static Body of(IceConfiguration configuration) {
        return new Body(
                configuration.servers().stream().map(IceServersJson::entry).toList(),
                configuration.ttl().map(Duration::toSeconds));
    }

    private static Entry entry(IceServer server) {
        return new Entry(server.urls(), server.username(), server.credential());
    }

    /** All of them, and for how many seconds they hold. */
    @JsonbPropertyOrder({"iceServers", "ttl"})
    public record Body(List<Entry> iceServers, Optional<Long> ttl) {}

    /** One of them (W3C WebRTC, {@code RTCIceServer}). */
    @JsonbPropertyOrder({"urls", "username", "credential"})
    public record Entry(List<String> urls, Optional<String> username, Optional<String> credential) {

        /** Tells no credential. */
        @Override
        public String toString() {
            return "Entry" + urls;
        }
    }
}
