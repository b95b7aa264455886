package dev.signaling.servers;

import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.spi.Identity;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Lets everybody in by the name that they give, save one. For tests: that a part may be a bean, and who is who. */
@ApplicationScoped
class Guests {

    @Produces
    @Singleton
    @Unremovable
    Authenticator byName() {
        return handshake -> switch (handshake.parameter("name").orElse("")) {
            case "" -> Authentication.granted(Identity.anonymous());
            case "nobody" -> Authentication.forbidden();
            default ->
                Authentication.granted(Identity.of(handshake.parameter("name").orElseThrow()));
        };
    }
}
