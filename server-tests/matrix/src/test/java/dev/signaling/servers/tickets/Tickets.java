package dev.signaling.servers.tickets;

import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.jakarta.Handshake;
import dev.signaling.spi.Identity;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Goes into the tuned WAR, and has its authenticator where a listener of {@code web.xml} leaves it: in an attribute. */
public final class Tickets implements ServletContextListener {

    /** For the container. */
    public Tickets() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Authenticator byTicket = Tickets::authenticate;
        event.getServletContext().setAttribute(Authenticator.class.getName(), byTicket);
    }

    private static Authentication authenticate(Handshake handshake) {
        if (handshake.parameter("ticket").orElse("").equals("gef\u00e4lscht")) {
            return Authentication.unauthenticated();
        }
        if (handshake.parameter("ticket").orElse("").equals("slow")) {
            hold();
        }
        if (handshake.header("X-Ticket").orElse("").equals("stolen")) {
            return Authentication.forbidden();
        }
        return Authentication.granted(Identity.anonymous());
    }

    /** What an authenticator must not do: it keeps the container's thread for two seconds. */
    private static void hold() {
        try {
            var unused = new CountDownLatch(1).await(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
