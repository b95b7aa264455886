package dev.signaling.demo.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Starts Chromium through ChromeDriver, which speaks WebDriver BiDi for it. */
final class ChromiumLauncher {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("started successfully on port (\\d+)");

    private ChromiumLauncher() {}

    static boolean isInstalled() {
        return chromium().isPresent() && driver().isPresent();
    }

    private static Optional<Path> chromium() {
        return Programs.find("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> driver() {
        return Programs.find("chromedriver");
    }

    static Browser launch(Camera camera, Place place) {
        var chromium = chromium().orElseThrow();
        var driver = driver().orElseThrow();
        var home = Home.create();
        var process = OwnedProcess.start(
                "chromedriver",
                home.command(place.command(List.of(driver.toString(), "--port=0", "--log-level=WARNING"))),
                home::delete);
        try {
            var port = process.awaitLine(READY, STARTED_WITHIN).group(1);
            place.reach(Integer.parseInt(port));
            var session = newSession(
                    URI.create("http://127.0.0.1:" + port + "/session"), chromium, arguments(home.profile(), camera));
            var address = session.getJsonObject("capabilities").getString("webSocketUrl");
            return new Browser(BrowserKind.CHROMIUM, process, BidiConnection.open(URI.create(address)));
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private static JsonObject newSession(URI sessions, Path chromium, List<String> arguments) {
        var capabilities = Json.createObjectBuilder()
                .add("webSocketUrl", true)
                .add("acceptInsecureCerts", true)
                .add(
                        "goog:chromeOptions",
                        Json.createObjectBuilder()
                                .add("binary", chromium.toString())
                                .add("args", Json.createArrayBuilder(arguments)));
        var body = Json.createObjectBuilder()
                .add("capabilities", Json.createObjectBuilder().add("alwaysMatch", capabilities))
                .build();
        var request = HttpRequest.newBuilder(sessions)
                .timeout(STARTED_WITHIN)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new BidiException("ChromeDriver made no session: " + response.body());
            }
            try (var reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject().getJsonObject("value");
            }
        } catch (IOException e) {
            throw new BidiException("ChromeDriver did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BidiException("interrupted", e);
        }
    }

    private static List<String> arguments(Path profile, Camera camera) {
        var arguments = new ArrayList<>(List.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--no-proxy-server",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--autoplay-policy=no-user-gesture-required",
                "--host-resolver-rules=MAP " + Browser.OTHER_HOST + " 127.0.0.1",
                // each page is in a window of its own, which a browser without a screen might take for hidden
                "--disable-background-timer-throttling",
                "--disable-renderer-backgrounding",
                "--disable-backgrounding-occluded-windows",
                "--user-data-dir=" + profile));
        switch (camera) {
            case GRANTED, LIFELIKE ->
                arguments.addAll(List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"));
            case REFUSED ->
                arguments.addAll(List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=deny"));
            case ABSENT ->
                arguments.addAll(
                        List.of("--use-fake-device-for-media-stream=device-count=0", "--use-fake-ui-for-media-stream"));
        }
        return arguments;
    }
}
