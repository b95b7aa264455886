package dev.signaling.servers;

import dev.signaling.SignalingHub;
import dev.signaling.jakarta.IceServersServlet;
import dev.signaling.jakarta.SignalingServer;
import jakarta.websocket.server.ServerEndpointConfig;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.socket.server.standard.ServerEndpointExporter;

@Configuration
class Signaling {

    @Bean
    SignalingServer signalingServer() {
        return SignalingServer.of(SignalingHub.ofDefaults());
    }

    @Bean
    ServerEndpointConfig signal(SignalingServer server) {
        return server.endpointConfig("/signal");
    }

    @Bean
    ServerEndpointExporter endpoints() {
        return new ServerEndpointExporter();
    }

    @Bean
    ServletRegistrationBean<IceServersServlet> iceServers(SignalingServer server) {
        return new ServletRegistrationBean<>(new IceServersServlet(server), "/signal/ice-servers");
    }

    @Bean
    ApplicationListener<ContextClosedEvent> farewell(SignalingServer server) {
        return closed -> server.close(); // while Tomcat still stands, so that every peer is told
    }
}
