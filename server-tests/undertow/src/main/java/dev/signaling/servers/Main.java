package dev.signaling.servers;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.SignalingServer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.Version;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.ClassPathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletException;

/** An application with an embedded Undertow, on the port of 127.0.0.1 that is given. */
public final class Main {

    private Main() {}

    /** Starts it. */
    public static void main(String[] arguments) throws ServletException {
        SignalingServer signaling = SignalingServer.of(SignalingHub.ofDefaults());
        WebSocketDeploymentInfo sockets = new WebSocketDeploymentInfo()
                .setBuffers(new DefaultByteBufferPool(true, 8_192))
                .addEndpoint(signaling.endpointConfig("/signal"));
        DeploymentInfo application = Servlets.deployment()
                .setClassLoader(Main.class.getClassLoader())
                .setContextPath("/calls")
                .setDeploymentName("calls")
                .setResourceManager(new ClassPathResourceManager(Main.class.getClassLoader(), "META-INF/resources"))
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, sockets);
        DeploymentManager deployment = Servlets.defaultContainer().addDeployment(application);
        deployment.deploy();
        PathHandler paths = Handlers.path()
                .addPrefixPath("/calls", deployment.start())
                .addPrefixPath("/tuned", Tuned.deployment(arguments).start());
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1", paths)
                .build()
                .start();
        System.out.println(Version.getFullVersionString());
        Runtime.getRuntime().addShutdownHook(new Thread(signaling::close));
    }
}
