package dev.signaling.servers;

import dev.signaling.jakarta.Authentication;
import dev.signaling.jakarta.Authenticator;
import dev.signaling.jakarta.Handshake;
import dev.signaling.jakarta.SignalingContextListener;
import dev.signaling.spi.Identity;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import java.util.stream.Stream;

/** A second application beside the first: with the listener, settings, and an authenticator. */
final class Tuned {

    private Tuned() {}

    /** Deployed, with each argument but the first for an init parameter, such as {@code key=value}. */
    static DeploymentManager deployment(String[] arguments) {
        Authenticator byTicket = Tuned::authenticate;
        DeploymentInfo application = Servlets.deployment()
                .setClassLoader(Tuned.class.getClassLoader())
                .setContextPath("/tuned")
                .setDeploymentName("tuned")
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(true, 8_192)))
                .addServletContextAttribute(Authenticator.class.getName(), byTicket)
                .addListener(Servlets.listener(SignalingContextListener.class));
        Stream.of(arguments)
                .skip(1)
                .map(argument -> argument.split("=", 2))
                .forEach(setting -> application.addInitParameter(setting[0], setting[1]));
        DeploymentManager deployment = Servlets.defaultContainer().addDeployment(application);
        deployment.deploy();
        return deployment;
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
