package dev.signaling.jakarta;

import java.util.List;

/** Messages to be relayed that would come out changed if anybody on the way read them and wrote them anew. */
final class RelayedTexts {

    private RelayedTexts() {}

    /** Those that are not nested so deep that they would be too deep one level further down, without space around them. */
    static List<String> values() {
        return all().stream()
                .filter(text -> !text.contains("[[["))
                .map(String::strip)
                .toList();
    }

    static List<String> all() {
        return List.of(
                "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\no=- 4611731400430051336 2 IN IP4 127.0.0.1\\r\\n\"}",
                "{\"type\":\"icecandidate\",\"candidate\":null}",
                "{\"type\":\"icecandidate\",\"candidate\":{\"candidate\":\"candidate:1 1 udp 2122 192.0.2.1 9 typ host\","
                        + "\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}",
                " \t\r\n{ \"type\" : \"x\" ,\n \"a\" : [ 1 , 2 ] } \n",
                "{\"t\\u0079pe\":\"\\u006ffer\",\"slash\":\"\\/\",\"quote\":\"\\\"\",\"lone\":\"\\ud800\"}",
                "{\"type\":\"Zo\u00eb \u65e5\u672c\u8a9e \ud83c\udfa5 \u2028\u2029\u007f\u0085\ufeff\"}",
                "{\"type\":\"x\",\"n\":[1.0,-0,1e400,1E+2,12345678901234567890.123456789012345678901234567890]}",
                "{\"type\":\"x\",\"inner\":{\"same\":1,\"same\":2,\"type\":\"joined-channel\"}}",
                "{\"from\":\"somebody\",\"to\":\"nobody\",\"channel\":\"elsewhere\",\"type\":\"signal\",\"id\":7}",
                "{\"type\":\"\"}",
                "{\"type\":\"Join-Channel\",\"channel\":\"x\"}",
                "{\"\":{},\"type\":\"x\",\"deep\":" + "[".repeat(63) + "]".repeat(63) + "}");
    }
}
