package dev.signaling.demo.browser;

import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/** One window of a browser: what a person can do with it and see in it. */
final class Page {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Only ever spent by a test that fails. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final String CLICKABLE = Browser.resource("clickable.js");

    /** Whether the element that was found clickable is still there and has seen no click, nor sees one soon. */
    private static final String MISSED =
            """
            (async (selector) => {
              for (let i = 0; i < 20; i++) {
                if (document.querySelector(selector)?.[Symbol.for('clicked')] !== false) {
                  return false;
                }
                await new Promise((resolve) => setTimeout(resolve, 25));
              }
              return true;
            })(%s)
            """;

    /** What a browser gives up itself, because the page that wanted it is left: an icon, say, that is still on its way. */
    private static final Set<String> ABORTED = Set.of("NS_BINDING_ABORTED", "net::ERR_ABORTED");

    private final Browser browser;
    private final String context;
    private final String userContext;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Page(Browser browser, String context, String userContext) {
        this.browser = browser;
        this.context = context;
        this.userContext = userContext;
    }

    String userContext() {
        return userContext;
    }

    /** Goes to the address and waits until it is loaded. */
    void open(URI address) {
        call("browsingContext.navigate", params().add("url", address.toString()).add("wait", "complete"));
    }

    /** Loads the page anew, as the browser's own button does. */
    void reload() {
        call("browsingContext.reload", params().add("wait", "complete"));
    }

    /** Puts another tab of the same window in front of this one: its page is hidden from now on. */
    Page hide() {
        return browser.newTabInFrontOf(context, userContext);
    }

    void close() {
        call("browsingContext.close", params());
    }

    void resize(int width, int height) {
        call(
                "browsingContext.setViewport",
                params().add("viewport", params().add("width", width).add("height", height)));
    }

    /**
     * Clicks the middle of the element, once it is enabled, still, in view and on top of all else. An element that moves away
     * under the pointer all the same, because a video above it gets its size just then, is clicked again.
     */
    void click(String selector) {
        waiting(selector + " is clicked").untilAsserted(() -> {
            var obstacle = ((JsonString) run(CLICKABLE, selector)).getString();
            if (!obstacle.isEmpty()) {
                throw new AssertionError(selector + " is " + obstacle);
            }
            press(selector);
            if (isMissed(selector)) {
                throw new AssertionError(selector + " moved away");
            }
        });
    }

    private boolean isMissed(String selector) {
        try {
            return evaluate(MISSED.formatted(quoted(selector))).equals(JsonValue.TRUE);
        } catch (BidiException e) {
            return false; // the click has led to another page, and what was asked of the first one is void
        }
    }

    private void press(String selector) {
        var element = script("document.querySelector(" + quoted(selector) + ")").getString("sharedId");
        var actions = Json.createArrayBuilder()
                .add(params().add("type", "pointerMove")
                        .add("x", 0)
                        .add("y", 0)
                        .add(
                                "origin",
                                params().add("type", "element").add("element", params().add("sharedId", element))))
                .add(params().add("type", "pointerDown").add("button", 0))
                .add(params().add("type", "pointerUp").add("button", 0));
        call(
                "input.performActions",
                params().add(
                                "actions",
                                Json.createArrayBuilder()
                                        .add(params().add("type", "pointer")
                                                .add("id", "mouse")
                                                .add("actions", actions))));
    }

    /** The value of a JavaScript expression, or of what it promises, as JSON; undefined becomes null. */
    JsonValue evaluate(String expression) {
        var result = script("(async () => JSON.stringify(await (" + expression + ") ?? null))()");
        try (var reader = Json.createReader(new StringReader(result.getString("value")))) {
            return reader.readValue();
        }
    }

    /** Calls a JavaScript function with texts. */
    JsonValue run(String function, String... arguments) {
        return evaluate(Arrays.stream(arguments)
                .map(Page::quoted)
                .collect(Collectors.joining(",", "(" + function + ")(", ")")));
    }

    /** Waits until the JavaScript expression is true. */
    void awaitTrue(String expression) {
        waiting(expression).until(() -> evaluate(expression), JsonValue.TRUE::equals);
    }

    /** A bounded wait that says what the page showed when it was in vain. */
    ConditionFactory waiting(String what) {
        return await(what + " in " + this)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY);
    }

    /** The text that a person reads in the element. */
    String text(String selector) {
        return ((JsonString) evaluate("document.querySelector(" + quoted(selector) + ").innerText")).getString();
    }

    /** Errors on the console, scripts that failed, texts and files that did not come, and breaches of the page's policy. */
    List<String> complaints() {
        var violations =
                evaluate("globalThis[Symbol.for('recorded')].violations").asJsonArray();
        return Stream.concat(
                        complaints.stream(),
                        violations.getValuesAs(JsonString.class).stream()
                                .map(violation -> "policy: " + violation.getString()))
                .toList();
    }

    /** Saves what the window shows as a PNG file under target/screenshots. */
    Path screenshot(String name) {
        var picture = call("browsingContext.captureScreenshot", params()).getString("data");
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(
                    SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the browser with this page's events. */
    void notice(BidiConnection.Event event) {
        var params = event.params();
        switch (event.method()) {
            case "log.entryAdded" -> {
                if (params.getString("level").equals("error")) {
                    complaints.add("console: " + params.getString("text", ""));
                }
            }
            case "network.fetchError" -> {
                var error = params.getString("errorText", "");
                if (!ABORTED.contains(error)) {
                    complaints.add("network: " + error + " " + urlOf(params));
                }
            }
            case "network.responseCompleted" -> {
                var status = params.getJsonObject("response").getInt("status");
                if (status >= 400) {
                    complaints.add("network: " + status + " " + urlOf(params));
                }
            }
            default -> {}
        }
    }

    private static String urlOf(JsonObject params) {
        return params.getJsonObject("request").getString("url", "");
    }

    /** The remote value of an expression, awaited (WebDriver BiDi, section 7.6). */
    private JsonObject script(String expression) {
        var answer = browser.call(
                "script.evaluate",
                params().add("expression", expression)
                        .add("target", params().add("context", context))
                        .add("awaitPromise", true)
                        .build());
        if (!answer.getString("type").equals("success")) {
            throw new BidiException(
                    expression + ": " + answer.getJsonObject("exceptionDetails").getString("text"));
        }
        return answer.getJsonObject("result");
    }

    private JsonObject call(String method, JsonObjectBuilder params) {
        return browser.call(method, params.add("context", context).build());
    }

    private static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    private static JsonObjectBuilder params() {
        return Json.createObjectBuilder();
    }

    @Override
    public String toString() {
        return browser + " window " + context;
    }
}
