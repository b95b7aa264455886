package dev.signaling.demo.browser;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;

/** A window with the connection check, and what a person reads there. */
final class CheckPage {

    static final String PATH = "/check/";

    /** Ten seconds, as the page promises, and what a busy machine takes besides. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Page page;

    private CheckPage(Page page) {
        this.page = page;
    }

    /** The check that this window shows, once it is through. */
    static CheckPage through(Page page) {
        var check = new CheckPage(page);
        check.awaitVerdict();
        return check;
    }

    Page page() {
        return page;
    }

    /** Presses "Check again", and waits until it is through. */
    CheckPage again() {
        page.click("#again");
        awaitVerdict();
        return this;
    }

    private void awaitVerdict() {
        page.waiting("a verdict").atMost(PATIENCE).until(this::state, state -> !state.equals("busy"));
    }

    /** What it comes to: {@code good}, {@code part} or {@code bad}. */
    String state() {
        return ((JsonString) page.evaluate("document.querySelector('#verdict').dataset.state")).getString();
    }

    /** What it comes to, in words. */
    String verdict() {
        return page.text("#verdict");
    }

    /** What is missing, in words; nothing if nothing is. */
    String advice() {
        return ((JsonString)
                        page.evaluate("(todo => todo.hidden ? '' : todo.innerText)(document.querySelector('#todo'))"))
                .getString();
    }

    /** The ways one by one, each as "relay tcp yes", in the order in which they stand there. */
    List<String> ways() {
        return page
                .evaluate("[...document.querySelectorAll('#results > li')].map(({ dataset }) => ({ ...dataset }))")
                .asJsonArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .map(way -> String.join(" ", way.getString("kind"), way.getString("protocol"), way.getString("state")))
                .map(way -> way.replace("  ", " "))
                .toList();
    }

    /** What the page says of the ways, with the servers of each. */
    String details() {
        return page.text("#results");
    }

    /** The kinds of the candidates that it lists. */
    List<String> candidates() {
        return page.evaluate("[...document.querySelectorAll('#candidates > li')].map(({ dataset }) => dataset.kind)")
                .asJsonArray()
                .getValuesAs(JsonString::getString);
    }

    /** Presses "Copy as text", and gives what would be in the clipboard. */
    String copy() {
        page.evaluate(
                """
                (() => {
                  globalThis.copied = new Promise((resolve) => {
                    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => resolve(text) } });
                  });
                })()
                """);
        page.click("#copy");
        return ((JsonString) page.evaluate("globalThis.copied")).getString();
    }
}
