package dev.signaling.jakarta;

/**
 * Gives an application's endpoint its server, where there is neither a CDI bean nor a context attribute of that type. Named
 * in {@code META-INF/services}, by one class at most; found through the context class loader of the thread on which the
 * container deploys.
 */
@FunctionalInterface
public interface SignalingServerProvider {

    /** The server, which is closed when the application stops. Called once for each deployed endpoint. */
    SignalingServer signalingServer();
}
