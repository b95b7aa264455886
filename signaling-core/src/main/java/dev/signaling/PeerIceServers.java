package dev.signaling;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.PeerId;
import dev.signaling.spi.Identity;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one peer is told of ICE servers, and when it is to be told again: after half the life of what it knows, so that what
 * it has is always good for a while. Safe to be used by several threads; called without a lock but for {@link #note}.
 */
final class PeerIceServers {

    /** After what time they are asked for again that could not be had. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final HostIceServers source;
    private final HostClock clock;
    private final PeerId peer;
    private final Rate questions; // used in the peer's turns alone
    private volatile @Nullable Span fresh; // none while what it knows holds for good

    PeerIceServers(HostIceServers source, HostClock clock, Limits limits, PeerId peer) {
        this.source = source;
        this.clock = clock;
        this.peer = peer;
        this.questions = new Rate("questions for ICE servers", limits.iceRequestsPerSecond(), limits.iceRequestBurst());
    }

    /** Counts a question of the peer's, and rules on it: each costs the host an answer. */
    Rate count() {
        questions.rule(clock.millis());
        return questions;
    }

    private record Span(long from, long millis) {}

    /** Those that hold from now on; empty if they cannot be had. The peer is not told by this. */
    Optional<IceConfiguration> ask(Identity identity) {
        return source.ask(identity, Optional.of(peer));
    }

    /** The same, and notes that the peer is being told. */
    Optional<IceConfiguration> tell(Identity identity) {
        Optional<IceConfiguration> told = ask(identity);
        note(told, clock.millis());
        return told;
    }

    /** Notes what the peer is being told. */
    void note(Optional<IceConfiguration> told, long now) {
        if (told.isEmpty()) {
            fresh = new Span(now, RETRY.toMillis());
        } else {
            fresh = told.get()
                    .ttl()
                    .map(ttl -> new Span(now, ttl.toMillis() / 2))
                    .orElse(null);
        }
    }

    /** Whether the peer is to be told again. So it is if the clock was set back: nobody knows how long ago it was told. */
    boolean isDue() {
        Span span = fresh; // before the clock, or one that has just been told would be from the future
        long now = clock.millis();
        return span != null && (now - span.from() >= span.millis() || now < span.from());
    }
}
