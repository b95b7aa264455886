package dev.signaling.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One run: patient checks on threads of their own from the start, all others one after the other. */
final class Run {

    private final Target target;
    private final Consumer<Result> asItComes;

    Run(Target target, Consumer<Result> asItComes) {
        this.target = target;
        this.asItComes = asItComes;
    }

    List<Result> of(List<Rule> rules) throws InterruptedException {
        requireReachable();
        ExecutorService threads = Executors.newCachedThreadPool(Conformance::daemon);
        try {
            return of(rules, threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private void requireReachable() throws InterruptedException {
        try (Stage stage = new Stage(target)) {
            stage.target().connect(List.of()).cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private List<Result> of(List<Rule> rules, ExecutorService threads) throws InterruptedException {
        Map<Rule, List<Future<Verdict>>> patient = new LinkedHashMap<>();
        for (Rule rule : rules) {
            List<Future<Verdict>> verdicts = new ArrayList<>();
            if (!target.settings().quick()) {
                rule.patient().forEach(check -> verdicts.add(threads.submit(() -> judge(check))));
            }
            patient.put(rule, verdicts);
        }
        Map<Rule, List<Verdict>> judged = new LinkedHashMap<>();
        Map<Rule, Result> results = new LinkedHashMap<>();
        for (Rule rule : rules) {
            List<Verdict> verdicts = new ArrayList<>();
            for (Check check : rule.checks()) {
                verdicts.add(judge(check));
            }
            judged.put(rule, verdicts);
            if (patient.getOrDefault(rule, List.of()).isEmpty()) {
                tell(rule, verdicts, results);
            }
        }
        for (Rule rule : rules) {
            if (!results.containsKey(rule)) {
                List<Verdict> verdicts = judged.getOrDefault(rule, List.of());
                for (Future<Verdict> verdict : patient.getOrDefault(rule, List.of())) {
                    verdicts.add(await(verdict));
                }
                tell(rule, verdicts, results);
            }
        }
        return rules.stream().map(results::get).toList();
    }

    private static Verdict await(Future<Verdict> verdict) throws InterruptedException {
        try {
            return verdict.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void tell(Rule rule, List<Verdict> verdicts, Map<Rule, Result> results) {
        if (target.settings().quick() && !rule.patient().isEmpty()) {
            verdicts.add(new Verdict(Outcome.SKIP, "--quick leaves out what takes minutes or many connections"));
        }
        Outcome outcome = outcome(rule, verdicts);
        TreeSet<String> details = new TreeSet<>();
        verdicts.stream()
                .filter(verdict -> outcome != Outcome.FAIL || verdict.outcome() == Outcome.FAIL)
                .map(Verdict::detail)
                .filter(detail -> !detail.isEmpty())
                .forEach(details::add);
        String detail = String.join("; ", details);
        Result result = new Result(
                rule.number(),
                rule.title(),
                outcome,
                verdicts.isEmpty()
                        ? rule.remark()
                        : outcome == Outcome.PASS && !detail.isEmpty() ? "in part: " + detail : detail);
        results.put(rule, result);
        asItComes.accept(result);
    }

    private static Outcome outcome(Rule rule, List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return rule.without();
        }
        for (Outcome outcome : List.of(Outcome.FAIL, Outcome.PASS)) {
            if (verdicts.stream().anyMatch(verdict -> verdict.outcome() == outcome)) {
                return outcome;
            }
        }
        return Outcome.SKIP;
    }

    private Verdict judge(Check check) throws InterruptedException {
        try (Stage stage = new Stage(target)) {
            check.run(stage);
            return new Verdict(Outcome.PASS, "");
        } catch (Untestable e) {
            return new Verdict(Outcome.SKIP, String.valueOf(e.getMessage()));
        } catch (Violation | IOException e) {
            return new Verdict(Outcome.FAIL, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // of what a server says that no check has thought of
            return new Verdict(Outcome.FAIL, "what came could not be read: " + e);
        }
    }

    private record Verdict(Outcome outcome, String detail) {}
}
