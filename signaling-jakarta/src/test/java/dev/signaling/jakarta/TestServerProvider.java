package dev.signaling.jakarta;

import java.util.function.Supplier;

/** Provides the server of the test that is deploying on this thread; named in {@code META-INF/services}. */
public final class TestServerProvider implements SignalingServerProvider {

    private static final ThreadLocal<SignalingServer> PROVIDED = new ThreadLocal<>();

    /** Made by the service loader. */
    public TestServerProvider() {}

    /** Deploys endpoints that are to belong to that server. */
    static <T> T with(SignalingServer server, Supplier<T> deployment) {
        PROVIDED.set(server);
        try {
            return deployment.get();
        } finally {
            PROVIDED.remove();
        }
    }

    @Override
    public SignalingServer signalingServer() {
        return PROVIDED.get();
    }
}
