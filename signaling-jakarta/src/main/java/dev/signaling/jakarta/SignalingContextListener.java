package dev.signaling.jakarta;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Opens the endpoint in a servlet container, at {@code /signal} unless the application says otherwise, and closes it when
 * the application stops. Found by the container in the jar; where none looks, as in an embedded one, the application adds
 * it like any other listener. Each application, which is to say each servlet context, has a server of its own: the context's
 * attribute that has the name of {@link SignalingServer}.
 *
 * <p>What can be configured, and how, is in {@code docs/deploy.md}.
 */
@WebListener
public final class SignalingContextListener implements ServletContextListener {

    private static final Logger LOGGER = System.getLogger(SignalingContextListener.class.getName());
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final String HERE = SignalingContextListener.class.getName();
    private static final String SERVER = SignalingServer.class.getName();

    private @Nullable SignalingServer server; // none if there is no endpoint

    /** For the container. */
    public SignalingContextListener() {}

    /**
     * Opens the endpoint.
     *
     * @throws IllegalStateException if the configuration is wrong, the container has no WebSocket, the path is taken, or
     *     there is no JSON-B
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(HERE) != null) {
            return; // listed by the application, and found by the container as well
        }
        Deployment deployment = new Deployment(List.of(new Attributes(context)), List.of(new InitParameters(context)));
        Optional<String> path = deployment.path();
        if (path.isEmpty()) {
            return;
        }
        if (!(context.getAttribute(CONTAINER) instanceof ServerContainer container)) {
            throw new IllegalStateException(
                    "no WebSocket in this servlet container: add its module for that, or set dev.signaling.path=none");
        }
        SignalingServer opened = deployment.server();
        server = opened;
        open(opened, path.get(), container, context);
        context.setAttribute(HERE, this);
        context.setAttribute(SERVER, opened);
        LOGGER.log(Level.INFO, "signaling is open at {0}{1}", context.getContextPath(), path.get());
    }

    private static void open(SignalingServer opened, String path, ServerContainer container, ServletContext context) {
        try {
            opened.register(container, path);
        } catch (DeploymentException e) {
            opened.close();
            throw new IllegalStateException(
                    "no endpoint could be added at " + path + ": dev.signaling.path sets another path, or none", e);
        }
        try {
            FilterRegistration.@Nullable Dynamic gate = context.addFilter(HERE, new GateFilter(opened));
            if (gate != null) {
                gate.setAsyncSupported(true);
                gate.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, path);
            }
            addIceServers(opened, path + "/ice-servers", context);
        } catch (UnsupportedOperationException | IllegalStateException e) {
            // a listener that was added by code may not do this (Jakarta Servlet, section 4.4)
            LOGGER.log(
                    Level.DEBUG,
                    "no filter, and no servlet: handshakes are refused by a close code, and ICE servers are not told over HTTP",
                    e);
        }
    }

    /** Also if there are none: a page is told so, and not by whatever else the application has at that path. */
    private static void addIceServers(SignalingServer opened, String path, ServletContext context) {
        ServletRegistration.@Nullable Dynamic servlet =
                context.addServlet(IceServersServlet.class.getName(), new IceServersServlet(opened));
        if (servlet != null && !servlet.addMapping(path).isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "the application has a servlet of its own at {0}: no ICE servers are told there",
                    path);
        }
    }

    /** Closes the server: every peer is told, and none of its threads is left. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        SignalingServer opened = server;
        server = null;
        if (opened != null) {
            opened.close();
            event.getServletContext().removeAttribute(HERE);
            event.getServletContext().removeAttribute(SERVER);
        }
    }

    /** Attributes of the context that have the name of a type of ours. */
    private record Attributes(ServletContext context) implements Deployment.Place {

        @Override
        public <T> Optional<T> find(Class<T> type) {
            @Nullable Object found = context.getAttribute(type.getName());
            if (found != null && !type.isInstance(found)) {
                throw new IllegalStateException("the attribute " + type.getName() + " is not one but a "
                        + found.getClass().getName());
            }
            return Optional.ofNullable(found).map(type::cast);
        }
    }

    private record InitParameters(ServletContext context) implements Keys.Source {

        @Override
        public Optional<String> value(String key) {
            return Optional.ofNullable(context.getInitParameter(key));
        }

        @Override
        public Set<String> names() {
            return new TreeSet<>(Collections.list(context.getInitParameterNames()));
        }
    }
}
