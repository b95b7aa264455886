package dev.signaling.demo.browser;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;

/** A window in one of the demo's live rooms, and what a person does and sees there. */
final class LiveRoom {

    /** The element with the video, the streamer's own or the one that is watched. */
    static final String PICTURE = "#picture";

    /**
     * One line of "Who is here".
     *
     * @param peer its id in the channel
     * @param role {@code streamer} or {@code viewer}
     * @param state as of the client's events, such as {@code live}; empty if the page does not know
     */
    record Person(String peer, String name, String role, String state, boolean isMe) {}

    private final Page page;

    private LiveRoom(Page page) {
        this.page = page;
    }

    /** Opens the room in a new window, as a viewer, and waits until it has been entered. */
    static LiveRoom open(Stage stage, BrowserKind kind, String room) {
        return at(stage.open(kind, "/live/" + room));
    }

    /** The room that this window shows, once it has been entered. */
    static LiveRoom at(Page page) {
        var room = new LiveRoom(page);
        room.awaitServer("open");
        return room;
    }

    Page page() {
        return page;
    }

    /** Gives this person a name, as long as it does not stream; an empty one is a guest. */
    LiveRoom as(String name) {
        page.run("(name) => { document.querySelector('#name').value = name; }", name);
        page.click("#naming button");
        page.waiting("the name " + name).until(this::people, people -> people.stream()
                .anyMatch(each -> each.isMe() && (name.isEmpty() || name.startsWith(each.name()))));
        return this;
    }

    /** Starts the camera and waits until this window is the room's streamer. */
    LiveRoom startCamera() {
        page.click("#camera");
        page.waiting("being the streamer").until(this::role, "streamer"::equals);
        return this;
    }

    /** Presses "Start camera" and waits for nothing. */
    void pressStartCamera() {
        page.click("#camera");
    }

    /** Shares the screen, in place of the camera or from the start. */
    void pressShareScreen() {
        page.click("#screen");
    }

    /** Stops streaming; the window goes on as a viewer. */
    void stopStreaming() {
        page.click("#stop");
        page.waiting("being a viewer").until(this::role, "viewer"::equals);
    }

    /** Reloads the window, which makes its person a viewer. */
    void reload() {
        page.reload();
        awaitServer("open");
    }

    /** Waits until video is seen to flow and the page says so. */
    void awaitVideo() {
        awaitVideo(Page.PATIENCE);
    }

    /** The same, within a time. */
    void awaitVideo(Duration atMost) {
        VideoProof.flows(page, PICTURE, atMost);
        awaitStatus("connected");
    }

    /** Waits until this streamer sees that so many have its video. */
    void awaitWatchedBy(int viewers) {
        page.waiting(viewers + " who watch")
                .until(
                        () -> people().stream()
                                .filter(each -> each.state().equals("live") && !each.isMe())
                                .count(),
                        watching -> watching == viewers);
    }

    /** Waits until these are the ways by which the page says that the video goes, for each connection that it has. */
    void awaitPaths(String... labels) {
        page.waiting("the ways " + List.of(labels))
                .until(
                        () -> page.evaluate("[...document.querySelectorAll('#people .path')].map(e => e.innerText)")
                                .asJsonArray()
                                .getValuesAs(JsonString::getString),
                        List.of(labels)::equals);
    }

    /** Waits until so many people are here, this one among them. */
    void awaitPeople(int number) {
        page.waiting(number + " people").until(this::people, people -> people.size() == number);
    }

    /** Waits until the line about how things stand is in the state: waiting, connecting, connected, failed, camera. */
    void awaitStatus(String state) {
        DemoPage.awaitState(page, state);
    }

    /** Waits until the connection to the signal server is in the state: open, reconnecting, closed. */
    void awaitServer(String state) {
        DemoPage.awaitServer(page, state);
    }

    /** How things stand, in the page's words, and why if something is wrong. */
    String status() {
        return (page.text("#status") + " " + page.text("#why")).strip();
    }

    /** What this person is to the others; empty while the room is being entered. */
    String role() {
        return people().stream()
                .filter(Person::isMe)
                .map(Person::role)
                .findFirst()
                .orElse("");
    }

    /** Everybody in the room as this page shows it, this person first. */
    List<Person> people() {
        return page
                .evaluate(
                        """
                        [...document.querySelectorAll('#people > li')].map(({ dataset, firstElementChild }) =>
                          ({ ...dataset, name: firstElementChild.textContent }))
                        """)
                .asJsonArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .map(each -> new Person(
                        each.getString("peer"),
                        each.getString("name"),
                        each.getString("role"),
                        each.getString("state"),
                        each.getString("me").equals("true")))
                .toList();
    }

    /** The link that the page offers. */
    String link() {
        return ((JsonString) page.evaluate("document.querySelector('#link').value")).getString();
    }

    /** What a phone's camera reads in the QR code. */
    String scan() {
        page.awaitTrue("document.querySelector('#qr').complete && document.querySelector('#qr').naturalWidth > 0");
        return QrReader.read(page, "#qr");
    }

    /** Presses "Download as text", and gives the text that would be saved. */
    String download() {
        page.evaluate(
                """
                (() => {
                  const real = URL.createObjectURL;
                  URL.createObjectURL = (blob) => {
                    globalThis.downloaded = blob.text();
                    URL.createObjectURL = real;
                    return real.call(URL, blob);
                  };
                })()
                """);
        page.click("#download");
        return ((JsonString) page.evaluate("globalThis.downloaded")).getString();
    }

    /** The rows of the diagram as drawn, each in the words at its arrow. */
    List<String> diagram() {
        return page.evaluate("[...document.querySelectorAll('#sequence .row .what')].map(e => e.textContent)")
                .asJsonArray()
                .getValuesAs(JsonString::getString);
    }

    @Override
    public String toString() {
        return "live room in " + page;
    }
}
