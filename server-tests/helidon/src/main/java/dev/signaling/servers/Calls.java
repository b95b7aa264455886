package dev.signaling.servers;

import dev.signaling.jakarta.SignalingConfigurator;
import dev.signaling.jakarta.SignalingEndpoint;
import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint(
        value = "/signal",
        subprotocols = {"signaling.v1", "signaling.tutorial"},
        configurator = SignalingConfigurator.class)
public class Calls extends SignalingEndpoint {}
