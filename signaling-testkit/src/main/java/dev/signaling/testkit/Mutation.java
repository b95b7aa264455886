package dev.signaling.testkit;

import java.util.Random;

/** Makes texts that are nearly right. */
final class Mutation {

    private static final String[] PIECES = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        " ",
        "\u0000",
        "\\u",
        "\\ud800",
        "\uD800",
        "\uDC00",
        "\uFEFF",
        "null",
        "true",
        "-",
        "0",
        "1e999",
        "\"type\":",
        "\"channel\":",
        "__proto__",
        "\n",
        "\u00E9",
        "\"x\":1,",
        "9".repeat(400)
    };

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    /** The text with one to four changes, each a few characters wide. */
    String of(String text) {
        StringBuilder mutant = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(mutant.length() + 1);
            int to = Math.min(mutant.length(), from + random.nextInt(6));
            switch (random.nextInt(5)) {
                case 0 -> mutant.delete(from, to);
                case 1 -> mutant.insert(from, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> mutant.replace(from, to, PIECES[random.nextInt(PIECES.length)]);
                case 3 -> mutant.insert(from, mutant.substring(from, to));
                default -> mutant.setLength(from);
            }
        }
        return mutant.toString();
    }

    /** The text in the characters that every console has, and not all of a long one. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 200); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 127 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return text.length() > 200 ? shown + "... (" + text.length() + " characters)" : shown.toString();
    }
}
