package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** A message of the server's in the format signaling.v1, of which as much is read as a load needs: its fields have no escapes. */
record V1Text(String text) {

    static V1Text of(ByteBuffer payload) {
        return new V1Text(UTF_8.decode(payload).toString());
    }

    boolean is(String type) {
        return text.startsWith("{\"type\":\"" + type + "\"");
    }

    boolean has(String member) {
        return text.contains(member);
    }

    String string(String key) {
        int start = behind(key) + 1;
        return text.substring(start, text.indexOf('"', start));
    }

    long number(String key) {
        int start = behind(key);
        int end = start;
        while (Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text, start, end, 10);
    }

    private int behind(String key) {
        int at = text.indexOf("\"" + key + "\":");
        if (at < 0) {
            throw new Violation("no " + key + " in " + text);
        }
        return at + key.length() + 3;
    }
}
