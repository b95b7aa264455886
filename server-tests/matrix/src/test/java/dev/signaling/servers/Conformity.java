package dev.signaling.servers;

import dev.signaling.conformance.Conformance;
import dev.signaling.conformance.Outcome;
import dev.signaling.conformance.Result;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * What the checks of {@code signaling-conformance} say of a server: rules with deadlines and of ICE servers at the tuned
 * application, all others at the bare one.
 */
final class Conformity {

    private static final Set<String> WITH_DEADLINES = Set.of("T19", "T22", "T28", "V12", "V21", "V33", "V34", "V35");
    /** A thousand connections. */
    private static final String FULL_CHANNEL = "T18";

    private final List<Result> results;

    private Conformity(List<Result> results) {
        this.results = results;
    }

    /**
     * Asks about every rule; if it is to be brief, with fewer messages at once, deadlines meanwhile, and not about a full
     * channel.
     */
    static Conformity of(RunningServer running, boolean brief) throws InterruptedException, ExecutionException {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<List<Result>> deadlines = beside.submit(() -> withDeadlines(running.tuned()));
            if (!brief) {
                deadlines.get(); // so many messages would take the time that those who answer a ping have
            }
            Conformance bare = at(running.signal());
            Map<String, Result> all = new LinkedHashMap<>();
            put(all, bare.quick().messages(brief ? 4_000 : 20_000).run());
            if (!brief) {
                put(all, bare.only(Set.of(FULL_CHANNEL)).run());
            }
            put(all, deadlines.get());
            return new Conformity(new ArrayList<>(all.values()));
        } finally {
            beside.shutdownNow();
        }
    }

    private static List<Result> withDeadlines(URI tuned) throws InterruptedException {
        return at(tuned)
                .joinDeadline(Tuned.JOIN_DEADLINE)
                .pongDeadline(Tuned.PONG_DEADLINE)
                .only(WITH_DEADLINES)
                .run();
    }

    private static Conformance at(URI endpoint) {
        return Conformance.of(endpoint).origin("http://" + endpoint.getAuthority());
    }

    private static void put(Map<String, Result> all, List<Result> more) {
        more.forEach(result -> all.put(result.rule(), result));
    }

    /**
     * Requires that what is broken is what is known to be.
     *
     * @throws AssertionError if more is, or less
     */
    void requireAsKnown(Server server) {
        List<KnownException> known = KnownException.of(server);
        List<String> wrong = new ArrayList<>();
        for (Result result : results) {
            List<KnownException> excuses = known.stream()
                    .filter(exception -> exception.rule().equals(result.rule()))
                    .toList();
            if (result.outcome() == Outcome.FAIL
                    && excuses.stream().noneMatch(excuse -> result.detail().equals(excuse.evidence()))) {
                wrong.add(result.rule() + " is broken: " + result.detail());
            }
            if (result.outcome() != Outcome.FAIL && !excuses.isEmpty()) {
                wrong.add(result.rule() + " is kept, so that it is no exception any more: " + excuses);
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("\n", wrong));
        }
    }

    /** In short, such as {@code 40 kept, 11 in part; left out: T18}. */
    @Override
    public String toString() {
        long whole = results.stream()
                .filter(result -> result.outcome() == Outcome.PASS && !inPart(result))
                .count();
        long part = results.stream().filter(Conformity::inPart).count();
        StringBuilder text = new StringBuilder(whole + " kept, " + part + " in part");
        append(text, "left out", Outcome.SKIP);
        append(text, "excepted", Outcome.FAIL);
        return text.toString();
    }

    private static boolean inPart(Result result) {
        return result.outcome() == Outcome.PASS && result.detail().startsWith("in part");
    }

    private void append(StringBuilder text, String what, Outcome outcome) {
        String rules = results.stream()
                .filter(result -> result.outcome() == outcome)
                .map(Result::rule)
                .collect(Collectors.joining(", "));
        if (!rules.isEmpty()) {
            text.append("; ").append(what).append(": ").append(rules);
        }
    }
}
