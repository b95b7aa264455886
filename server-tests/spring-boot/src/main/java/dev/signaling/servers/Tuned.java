package dev.signaling.servers;

import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.jakarta.Handshake;
import dev.signaling.jakarta.SignalingContextListener;
import dev.signaling.spi.Identity;
import jakarta.servlet.ServletContextListener;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A second endpoint beside the first: by the listener, with an authenticator, and with what the init parameters set. */
@Configuration
class Tuned {

    @Bean
    ServletContextListener tuned() {
        return new SignalingContextListener();
    }

    @Bean
    ServletContextInitializer tickets() {
        Authenticator byTicket = Tuned::authenticate;
        return context -> context.setAttribute(Authenticator.class.getName(), byTicket);
    }

    private static Authentication authenticate(Handshake handshake) {
        if (handshake.parameter("ticket").orElse("").equals("gef\u00e4lscht")) {
            return Authentication.unauthenticated();
        }
        if (handshake.header("X-Ticket").orElse("").equals("stolen")) {
            return Authentication.forbidden();
        }
        return Authentication.granted(Identity.anonymous());
    }
}
