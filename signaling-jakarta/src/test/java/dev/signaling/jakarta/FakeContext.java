package dev.signaling.jakarta;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletRegistration;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A servlet context without a servlet container, that keeps what is added to it. */
final class FakeContext {

    private final ServletContext context =
            mock(ServletContext.class, withSettings().stubOnly());
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final List<ServerEndpointConfig> endpoints = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private final List<String> servletPaths = new ArrayList<>();

    FakeContext() {
        when(context.getAttribute(anyString())).then(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(context)
                .setAttribute(anyString(), any());
        doAnswer(call -> attributes.remove(call.<String>getArgument(0)))
                .when(context)
                .removeAttribute(anyString());
        when(context.getInitParameter(anyString())).then(call -> parameters.get(call.<String>getArgument(0)));
        when(context.getInitParameterNames()).then(call -> Collections.enumeration(parameters.keySet()));
        when(context.addFilter(anyString(), any(Filter.class))).then(call -> {
            filters.add(call.getArgument(1));
            return mock(FilterRegistration.Dynamic.class);
        });
        when(context.addServlet(anyString(), any(Servlet.class))).then(call -> {
            ServletRegistration.Dynamic registration = mock(ServletRegistration.Dynamic.class);
            when(registration.addMapping(anyString())).then(mapping -> {
                servletPaths.add(mapping.getArgument(0));
                return Set.of();
            });
            return registration;
        });
        attributes.put("jakarta.websocket.server.ServerContainer", container());
    }

    private ServerContainer container() {
        ServerContainer container = mock(ServerContainer.class, withSettings().stubOnly());
        try {
            doAnswer(call -> endpoints.add(call.getArgument(0)))
                    .when(container)
                    .addEndpoint(any(ServerEndpointConfig.class));
        } catch (DeploymentException e) {
            throw new AssertionError(e);
        }
        return container;
    }

    FakeContext with(String key, String value) {
        parameters.put(key, value);
        return this;
    }

    FakeContext with(Class<?> type, Object attribute) {
        attributes.put(type.getName(), attribute);
        return this;
    }

    FakeContext withoutWebSocket() {
        attributes.remove("jakarta.websocket.server.ServerContainer");
        return this;
    }

    ServletContextEvent event() {
        return new ServletContextEvent(context);
    }

    /** Deploys an application that has nothing but the jar. */
    SignalingContextListener deploy() {
        SignalingContextListener listener = new SignalingContextListener();
        listener.contextInitialized(event());
        return listener;
    }

    /** The server that was opened; empty if none was. */
    Optional<SignalingServer> server() {
        return Optional.ofNullable((SignalingServer) attributes.get(SignalingServer.class.getName()));
    }

    List<String> paths() {
        return endpoints.stream().map(ServerEndpointConfig::getPath).toList();
    }

    List<String> servletPaths() {
        return servletPaths;
    }

    List<Filter> filters() {
        return filters;
    }
}
