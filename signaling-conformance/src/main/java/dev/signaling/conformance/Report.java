package dev.signaling.conformance;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of the rules, for people: one line a rule, and what is to be said about it below. */
final class Report {

    private static final String INDENT = " ".repeat(18);
    private static final int WIDTH = 100;

    private final PrintWriter out;
    private long begin = System.nanoTime();

    Report(PrintWriter out) {
        this.out = out;
    }

    void begin(String url) {
        begin = System.nanoTime();
        print("Checking " + url);
        print("");
    }

    void title(Rule rule) {
        String what = rule.isChecked() ? "" : word(rule.without());
        line(rule.number(), what, rule.title(), rule.remark());
    }

    void line(Result result) {
        line(result.rule(), word(result.outcome()), result.title(), result.detail());
    }

    private void line(String rule, String what, String title, String below) {
        print(String.format(Locale.ROOT, "%-4s %-12s %s", rule, what, title));
        wrapped(below).forEach(line -> print(INDENT + line));
    }

    /** Adds up, and says whether no rule is broken. */
    boolean sum(List<Result> results) {
        List<String> parts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count = results.stream()
                    .filter(result -> result.outcome() == outcome)
                    .count();
            if (count > 0) {
                parts.add(count + " " + word(outcome));
            }
        }
        print("");
        print(String.join(", ", parts) + String.format(Locale.ROOT, " in %.0f s", (System.nanoTime() - begin) / 1e9));
        List<String> broken = results.stream()
                .filter(result -> result.outcome() == Outcome.FAIL)
                .map(Result::rule)
                .toList();
        if (!broken.isEmpty()) {
            print("Broken: " + String.join(", ", broken));
        }
        return broken.isEmpty();
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case NOT_CHECKED -> "NOT CHECKED";
            case CLIENT -> "FOR CLIENTS";
            default -> outcome.name();
        };
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.replaceAll("\\p{Cntrl}", "�").split(" ", -1)) {
            if (line.length() > 0 && line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
