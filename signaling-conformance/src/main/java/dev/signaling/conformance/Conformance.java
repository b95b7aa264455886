package dev.signaling.conformance;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Checks one deployment against every rule of PROTOCOL.md, over the wire alone. It opens some hundred connections, joins
 * channels with names that nobody else has, and leaves nothing behind.
 *
 * <p>Immutable; each method that sets something gives another one.
 *
 * <pre>{@code
 * List<Result> results = Conformance.of(URI.create("ws://127.0.0.1:8080/signal")).quick().run();
 * }</pre>
 */
public final class Conformance {

    private final URI uri;
    private final Settings settings;

    private Conformance(URI uri, Settings settings) {
        this.uri = uri;
        this.settings = settings;
    }

    /**
     * Of the endpoint at that address.
     *
     * @throws IllegalArgumentException if the address is not one of {@code ws} or {@code wss} with a host
     */
    public static Conformance of(URI uri) {
        if (uri.getHost() == null || !Set.of("ws", "wss").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("not an address such as ws://host:port/signal: " + uri);
        }
        return new Conformance(uri, Settings.defaults());
    }

    private Conformance with(UnaryOperator<Settings> change) {
        return new Conformance(uri, change.apply(settings));
    }

    /** Comes from a page of that origin, which the host allows. By default no {@code Origin} is sent. */
    public Conformance origin(String origin) {
        return with(s -> s.withOrigin(Optional.of(origin)));
    }

    /** Sends that header with every handshake, besides those given before. */
    public Conformance header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(settings.headers());
        all.put(name, value);
        return with(s -> s.withHeaders(all));
    }

    /** How long an answer may take; 5 s by default. */
    public Conformance timeout(Duration timeout) {
        return with(s -> s.withTimeout(timeout));
    }

    /** When the host closes a connection that joins nothing (T19); 30 s by default. */
    public Conformance joinDeadline(Duration deadline) {
        return with(s -> s.withJoinDeadline(deadline));
    }

    /** When the host gives up a silent client (T22); 75 s by default. */
    public Conformance pongDeadline(Duration deadline) {
        return with(s -> s.withPongDeadline(deadline));
    }

    /** How many messages are sent at once by all together (T12, V16); 20,000 by default. */
    public Conformance messages(int count) {
        return with(s -> s.withMessages(count));
    }

    /** Checks these rules only, such as {@code T5}. Empty, which it is by default, means all. */
    public Conformance only(Set<String> rules) {
        for (String rule : rules) {
            if (rules().stream().noneMatch(known -> known.number().equals(rule))) {
                throw new IllegalArgumentException("no rule: " + rule);
            }
        }
        return with(s -> s.withOnly(Set.copyOf(rules)));
    }

    /** Leaves out what waits for the server's deadlines, and what takes a thousand connections. */
    public Conformance quick() {
        return with(Settings::asQuick);
    }

    /** Takes any certificate: for {@code wss} to a deployment on trial. */
    public Conformance insecure() {
        return with(Settings::asInsecure);
    }

    /**
     * Checks, and gives a result for each rule, in their order. Blocks for as long as the checks take: some 20 s if {@link
     * #quick}, two minutes at most with the defaults of a healthy server.
     *
     * @throws java.io.UncheckedIOException if no connection can be opened at all
     * @throws InterruptedException if the thread is interrupted; the connections are closed then
     */
    public List<Result> run() throws InterruptedException {
        return run(result -> {});
    }

    /** The same, and hands out each result on this thread as soon as it is known, which is not quite in their order. */
    public List<Result> run(Consumer<Result> asItComes) throws InterruptedException {
        List<Rule> chosen = rules().stream()
                .filter(rule -> settings.only().isEmpty() || settings.only().contains(rule.number()))
                .toList();
        return new Run(new Target(uri, settings), asItComes).of(chosen);
    }

    static List<Rule> rules() {
        List<Rule> all = new ArrayList<>(TutorialRules.ALL);
        all.addAll(V1Rules.ALL);
        return all;
    }

    static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "conformance");
        thread.setDaemon(true);
        return thread;
    }
}
