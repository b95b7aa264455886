package dev.signaling.servers;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application of Spring Boot's, on the port of 127.0.0.1 that is given. */
@Configuration
@EnableAutoConfiguration
@Import({Signaling.class, Tuned.class})
public class Main {

    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Main.class);
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.address", "127.0.0.1", "server.port", arguments[0], "server.servlet.context-path", "/calls"));
        for (int i = 1; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            properties.put("server.servlet.context-parameters.[" + setting[0] + "]", setting[1]);
        }
        properties.put("server.servlet.context-parameters.[dev.signaling.path]", "/tuned");
        application.setDefaultProperties(properties);
        application.run();
    }
}
