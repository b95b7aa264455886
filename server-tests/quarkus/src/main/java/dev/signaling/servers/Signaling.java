package dev.signaling.servers;

import dev.signaling.jakarta.SignalingServer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@ApplicationScoped
class Signaling {

    @Produces
    @Singleton
    SignalingServer server() {
        return SignalingServer.configured();
    }

    void close(@Observes ShutdownDelayInitiatedEvent event, SignalingServer server) {
        server.close();
    }
}
