package dev.signaling.demo.browser;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts Firefox, which speaks WebDriver BiDi itself. */
final class FirefoxLauncher {

    private static final Duration STARTED_WITHIN = Duration.ofSeconds(60);
    private static final Pattern READY = Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");

    private FirefoxLauncher() {}

    static boolean isInstalled() {
        return firefox().isPresent();
    }

    private static Optional<Path> firefox() {
        return Programs.find("firefox-esr", "firefox");
    }

    static Browser launch(Camera camera, Place place) {
        return launch(preferences(camera), place);
    }

    /** One that runs the timers of hidden pages so seldom; Firefox's own rule is once a second. */
    static Browser launchThrottled(Duration timers) {
        var preferences = preferences(Camera.GRANTED);
        var milliseconds = String.valueOf(timers.toMillis());
        preferences.put("dom.min_background_timeout_value", milliseconds);
        preferences.put("dom.min_background_timeout_value_without_budget_throttling", milliseconds);
        return launch(preferences, Place.HERE);
    }

    private static Browser launch(Map<String, String> preferences, Place place) {
        var firefox = firefox().orElseThrow();
        var home = Home.create();
        write(preferences, home.profile());
        var command = home.command(place.command(List.of(
                firefox.toString(),
                "--headless",
                "--no-remote",
                "--profile",
                home.profile().toString(),
                "--remote-debugging-port",
                "0")));
        var process = OwnedProcess.start("firefox", command, home::delete);
        try {
            var address = URI.create(process.awaitLine(READY, STARTED_WITHIN).group(1) + "/session");
            place.reach(address.getPort());
            var connection = BidiConnection.open(address);
            connection.call(
                    "session.new",
                    Json.createObjectBuilder()
                            .add(
                                    "capabilities",
                                    Json.createObjectBuilder()
                                            .add(
                                                    "alwaysMatch",
                                                    Json.createObjectBuilder().add("acceptInsecureCerts", true)))
                            .build());
            return new Browser(BrowserKind.FIREFOX, process, connection);
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private static void write(Map<String, String> preferences, Path profile) {
        var lines = preferences.entrySet().stream()
                .map(preference -> "user_pref(\"" + preference.getKey() + "\", " + preference.getValue() + ");")
                .collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.writeString(profile.resolve("user.js"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> preferences(Camera camera) {
        var preferences = new TreeMap<String, String>();
        preferences.put("media.navigator.streams.fake", String.valueOf(camera != Camera.ABSENT));
        preferences.put("media.navigator.permission.disabled", String.valueOf(camera != Camera.REFUSED));
        preferences.put("media.peerconnection.ice.obfuscate_host_addresses", String.valueOf(camera != Camera.LIFELIKE));
        if (camera == Camera.REFUSED) {
            // 2: block
            preferences.put("permissions.default.camera", "2");
            preferences.put("permissions.default.microphone", "2");
        }
        preferences.put("media.autoplay.default", "0");
        preferences.put("media.autoplay.blocking_policy", "0");
        preferences.put("remote.active-protocols", "1");
        preferences.put("network.dns.localDomains", "\"" + Browser.OTHER_HOST + "\"");
        preferences.put("network.proxy.type", "0");
        // nothing below concerns the tests: it keeps Firefox from calling home and from opening pages of its own
        preferences.put("app.normandy.enabled", "false");
        preferences.put("app.update.disabledForTesting", "true");
        preferences.put("browser.aboutwelcome.enabled", "false");
        preferences.put("browser.region.network.url", "\"\"");
        preferences.put("browser.safebrowsing.downloads.enabled", "false");
        preferences.put("browser.safebrowsing.malware.enabled", "false");
        preferences.put("browser.safebrowsing.phishing.enabled", "false");
        preferences.put("browser.shell.checkDefaultBrowser", "false");
        preferences.put("browser.startup.page", "0");
        preferences.put("browser.topsites.contile.enabled", "false");
        preferences.put("datareporting.healthreport.uploadEnabled", "false");
        preferences.put("datareporting.policy.dataSubmissionEnabled", "false");
        preferences.put("extensions.getAddons.cache.enabled", "false");
        preferences.put("extensions.systemAddon.update.enabled", "false");
        preferences.put("extensions.update.enabled", "false");
        preferences.put("media.gmp-manager.updateEnabled", "false");
        preferences.put("network.captive-portal-service.enabled", "false");
        preferences.put("network.connectivity-service.enabled", "false");
        preferences.put("services.settings.server", "\"data:,#remote-settings-dummy/v1\"");
        preferences.put("toolkit.telemetry.enabled", "false");
        preferences.put("toolkit.telemetry.server", "\"\"");
        return preferences;
    }
}
