package dev.signaling.servers;

import dev.signaling.jakarta.SignalingServer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
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

    void close(@Observes @BeforeDestroyed(ApplicationScoped.class) @Priority(-1) Object event, SignalingServer server) {
        server.close();
    }
}
