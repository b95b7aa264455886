package dev.signaling.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Set;

/**
 * A client whose first message comes with its handshake: what a server sees of one that need not wait for the first message
 * (T1), if it takes a moment longer to answer the handshake than the network to bring the next packet.
 */
final class HastyClients implements Story {

    /** Where such a client is never answered, and blocks one of the few threads that serve all others for good. */
    private static final Set<String> BLOCKED = Set.of("glassfish", "payara-micro");

    @Override
    public void tell(RunningServer running) throws IOException {
        boolean blocks = BLOCKED.contains(running.server().id());
        assertEquals(!blocks, isGreeted(running), blocks ? "no exception any more" : "hasty clients are not answered");
    }

    private static boolean isGreeted(RunningServer running) throws IOException {
        try (RawClient hasty = RawClient.hasty(running.tuned(), "hasty")) {
            hasty.greeted();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
