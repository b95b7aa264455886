package dev.signaling.demo.browser;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import java.util.List;

/** What the demo's pages have in common: a state with words, an error with words, and the list of messages. */
final class DemoPage {

    private DemoPage() {}

    /** Turns the camera on and offers it, as a streamer does. */
    static void goLive(Page streamer) {
        streamer.click("#start");
        streamer.click("#stream");
    }

    /** Waits until the page says that it is in the state. */
    static void awaitState(Page page, String state) {
        page.waiting("the state " + state).until(() -> state(page), state::equals);
    }

    static String state(Page page) {
        return string(page, "document.querySelector('#status').dataset.state");
    }

    /** Waits until the page shows an error, and gives its words. */
    static String awaitError(Page page) {
        return page.waiting("an error").until(() -> error(page), error -> !error.isEmpty());
    }

    /** The error's words as a person sees them: empty when there is none. */
    static String error(Page page) {
        return string(page, "(e => e.hidden ? '' : e.innerText)(document.querySelector('#error'))");
    }

    /** Waits until the page says that its connection to the signal server is in the state. */
    static void awaitServer(Page page, String state) {
        page.awaitTrue("document.querySelector('#server').dataset.state === '" + state + "'");
    }

    /** How many peer connections the page has made since it was loaded. */
    static int connectionsMade(Page page) {
        return ((JsonNumber) page.evaluate("globalThis[Symbol.for('recorded')].connections.length")).intValue();
    }

    /** How many of them it has not closed. */
    static int connectionsOpen(Page page) {
        return ((JsonNumber) page.evaluate("globalThis[Symbol.for('recorded')].connections"
                        + ".filter(each => each.signalingState !== 'closed').length"))
                .intValue();
    }

    /** The handshake's messages as listed, each as "sent offer" or "received answer". */
    static List<String> messages(Page page) {
        return page.evaluate("[...document.querySelectorAll('#messages > li')]"
                        + ".map(({ dataset }) => `${dataset.direction} ${dataset.type}`)")
                .asJsonArray()
                .getValuesAs(JsonString::getString);
    }

    private static String string(Page page, String expression) {
        return ((JsonString) page.evaluate(expression)).getString();
    }
}
