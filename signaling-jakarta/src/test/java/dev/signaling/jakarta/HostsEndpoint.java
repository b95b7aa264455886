package dev.signaling.jakarta;

import jakarta.websocket.server.ServerEndpoint;

/** The class that a host writes down where there are no servlets. */
@ServerEndpoint(
        value = "/signal",
        subprotocols = SignalingV1Dialect.SUBPROTOCOL,
        configurator = SignalingConfigurator.class)
public class HostsEndpoint extends SignalingEndpoint {

    /** For the container. */
    public HostsEndpoint() {}
}
