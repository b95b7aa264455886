package dev.signaling.jakarta;

import dev.signaling.spi.Identity;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a handshake, on its way to the session: in the user properties, which are each handshake's own (Jakarta
 * WebSocket 2.1, {@code Configurator.modifyHandshake}).
 *
 * <p>A container that shares them between handshakes all the same must not give one peer the rights of another one. So a
 * verdict that finds a different one there does not take its place: from then on all are refused, since nobody can tell
 * which of those that are under way it belongs to. Nor is a session let in that has none.
 *
 * @param identity who it is; anonymous if it is refused
 * @param refusal the reason, in the words of the close code; empty if it is not refused
 * @param status of HTTP for the refusal
 * @param address where the client is; empty if that is not known, and if it is refused
 */
record Verdict(Identity identity, String refusal, int status, Optional<InetAddress> address) {

    private static final Logger LOGGER = System.getLogger(Verdict.class.getName());
    /** RFC 6585, section 4: Too Many Requests. */
    static final int TOO_MANY = 429;

    private static final String KEY = Verdict.class.getName();
    private static final Verdict UNCLEAR = refused("internal-error", 500);

    static Verdict granted(Identity identity) {
        return granted(identity, Optional.empty());
    }

    static Verdict granted(Identity identity, Optional<InetAddress> address) {
        return new Verdict(identity, "", 200, address);
    }

    static Verdict refused(String reason, int status) {
        return new Verdict(Identity.anonymous(), reason, status, Optional.empty());
    }

    boolean isRefused() {
        return !refusal.isEmpty();
    }

    /** The code to close a session with that was opened all the same: one that is refused for now may come back later. */
    CloseReason.CloseCode closeCode() {
        return status == TOO_MANY ? CloseCodes.TRY_AGAIN_LATER : CloseCodes.VIOLATED_POLICY;
    }

    /** Leaves it for the session that is to be opened. */
    void leaveIn(Map<String, Object> userProperties) {
        synchronized (Verdict.class) { // a map that is shared need not bear two at once
            Object other = userProperties.get(KEY);
            boolean isClear = other == null || (other instanceof Verdict verdict && verdict.isAlike(this));
            if (!isClear && !UNCLEAR.equals(other)) {
                LOGGER.log(Level.ERROR, "the container mixes up the user properties of handshakes: all are refused");
            }
            // of two that come from different places nobody can tell any more where either is
            userProperties.put(KEY, !isClear ? UNCLEAR : other == null || other.equals(this) ? this : nowhere());
        }
    }

    private boolean isAlike(Verdict other) {
        return nowhere().equals(other.nowhere());
    }

    private Verdict nowhere() {
        return new Verdict(identity, refusal, status, Optional.empty());
    }

    /** What was left for a session; containers differ in where they let it be found. */
    static Verdict of(Map<String, Object> ofSession, Map<String, Object> ofConfig) {
        synchronized (Verdict.class) {
            Object found = ofSession.get(KEY);
            if (found == null) {
                found = ofConfig.get(KEY);
            }
            return found instanceof Verdict verdict ? verdict : UNCLEAR;
        }
    }
}
