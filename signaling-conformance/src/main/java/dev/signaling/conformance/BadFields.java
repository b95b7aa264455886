package dev.signaling.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages of signaling.v1 with a field that cannot be so, and the code of the answer (V6, V8, V14, V18, V22). */
final class BadFields {

    private static final String INVALID_FIELD = "invalid-field";
    private static final String INVALID_CHANNEL = "invalid-channel";
    private static final List<String> NO_STRINGS = List.of("7", "null", "true", "[]", "{}");
    private static final List<String> NO_INTEGERS =
            List.of("null", "'1'", "-1", "1.5", "1e0", "9007199254740992", "[]");

    private final List<Map.Entry<String, String>> all = new ArrayList<>();

    private BadFields() {}

    /** To be sent by a member of that channel. */
    static List<Map.Entry<String, String>> of(String channel) {
        BadFields fields = new BadFields();
        for (String type : List.of("join-channel", "leave-channel", "signal")) {
            String begin = "{'type':'" + type + "','data':1,'channel':";
            fields.add("{'type':'" + type + "','data':1}", INVALID_CHANNEL);
            fields.addEach(begin, NO_STRINGS, INVALID_CHANNEL);
            fields.addEach(begin, List.of("''", "'__proto__'", "'\\u0000'", "'\\ud800'"), INVALID_CHANNEL);
            fields.add(begin + "'" + "x".repeat(257) + "'}", INVALID_CHANNEL);
        }
        String join = "{'type':'join-channel','channel':'" + channel + "-2',";
        fields.addEach(join + "'role':", NO_STRINGS, INVALID_FIELD);
        fields.addEach(join + "'role':", List.of("''", "'Viewer'", "'a b'", "'é'", text(33)), INVALID_FIELD);
        fields.addEach(join + "'meta':", List.of("7", "null", "'x'", "[]"), INVALID_FIELD);
        fields.addEach(join + "'token':", NO_STRINGS, INVALID_FIELD);
        fields.addEach(join + "'token':", List.of("''", text(4_097)), INVALID_FIELD);
        String signal = "{'type':'signal','channel':'" + channel + "'";
        fields.add(signal + "}", INVALID_FIELD);
        fields.addEach(signal + ",'data':1,'to':", NO_STRINGS, INVALID_FIELD);
        fields.addEach(signal + ",'data':1,'to':", List.of("''", text(129)), INVALID_FIELD);
        fields.addEach("{'type':'ping','received':", NO_INTEGERS, INVALID_FIELD);
        fields.addEach("{'type':'resume','token':'x','received':", NO_INTEGERS, INVALID_FIELD);
        fields.add("{'type':'resume','token':'x'}", INVALID_FIELD);
        fields.add("{'type':'resume','received':0}", INVALID_FIELD);
        fields.addEach("{'type':'resume','received':0,'token':", NO_STRINGS, INVALID_FIELD);
        fields.addEach("{'type':'resume','received':0,'token':", List.of("''", text(257)), INVALID_FIELD);
        fields.add("{'type':'refresh-token'}", INVALID_FIELD);
        fields.addEach("{'type':'refresh-token','token':", NO_STRINGS, INVALID_FIELD);
        fields.addEach("{'type':'refresh-token','token':", List.of("''", text(8_193)), INVALID_FIELD);
        return fields.all;
    }

    private static String text(int characters) {
        return "'" + "x".repeat(characters) + "'";
    }

    private void addEach(String begin, List<String> values, String code) {
        values.forEach(value -> add(begin + value + "}", code));
    }

    private void add(String text, String code) {
        all.add(Map.entry(text.replace('\'', '"'), code));
    }
}
