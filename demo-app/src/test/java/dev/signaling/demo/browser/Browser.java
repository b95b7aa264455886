package dev.signaling.demo.browser;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One running browser, its profile fresh, driven over WebDriver BiDi. Closing it leaves nothing behind. */
final class Browser implements AutoCloseable {

    /** A name that leads to 127.0.0.1 in these browsers and is not "localhost": over http no secure context. */
    static final String OTHER_HOST = "demo.test";

    private final BrowserKind kind;
    private final OwnedProcess process;
    private final BidiConnection connection;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    Browser(BrowserKind kind, OwnedProcess process, BidiConnection connection) {
        this.kind = kind;
        this.process = process;
        this.connection = connection;
        connection.listen(this::dispatch);
        connection.call(
                "session.subscribe",
                params().add(
                                "events",
                                Json.createArrayBuilder()
                                        .add("log.entryAdded")
                                        .add("network.responseCompleted")
                                        .add("network.fetchError"))
                        .build());
        connection.call(
                "script.addPreloadScript",
                params().add("functionDeclaration", resource("record.js")).build());
    }

    /** Sends a command and waits for its result. */
    JsonObject call(String method, JsonObject params) {
        return connection.call(method, params);
    }

    /** Storage, permissions and broadcast channels that no other user context shares. */
    String newUserContext() {
        return connection
                .call("browser.createUserContext", JsonValue.EMPTY_JSON_OBJECT)
                .getString("userContext");
    }

    /** Closes all pages of a user context and forgets what they kept. */
    void removeUserContext(String userContext) {
        connection.call(
                "browser.removeUserContext",
                params().add("userContext", userContext).build());
        pages.values().removeIf(page -> page.userContext().equals(userContext));
    }

    /** Opens an empty page in a window of its own: a tab in the background would draw nothing. */
    Page newPage(String userContext) {
        var context = connection
                .call(
                        "browsingContext.create",
                        params().add("type", "window")
                                .add("userContext", userContext)
                                .build())
                .getString("context");
        var page = new Page(this, context, userContext);
        pages.put(context, page);
        return page;
    }

    /** Opens an empty page in the window of another one, in front of it. */
    Page newTabInFrontOf(String behind, String userContext) {
        var context = connection
                .call(
                        "browsingContext.create",
                        params().add("type", "tab")
                                .add("referenceContext", behind)
                                .add("background", false)
                                .build())
                .getString("context");
        var page = new Page(this, context, userContext);
        pages.put(context, page);
        return page;
    }

    @Override
    public void close() {
        connection.close();
        process.close();
    }

    private void dispatch(BidiConnection.Event event) {
        var params = event.params();
        var source = event.method().startsWith("log.") ? params.getJsonObject("source") : params;
        // what a worker does, or the browser itself, has no window
        if (source.get("context") instanceof JsonString context) {
            var page = pages.get(context.getString());
            if (page != null) {
                page.notice(event);
            }
        }
    }

    private static JsonObjectBuilder params() {
        return Json.createObjectBuilder();
    }

    /** The text of a file beside this class. */
    static String resource(String name) {
        try (var stream = Browser.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("No resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For messages of failed tests. */
    @Override
    public String toString() {
        return kind.toString();
    }
}
