package dev.signaling.conformance;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** The limits that the host tells in {@code connection-established} (V2); 0 is one that it does not tell. */
record HostLimits(
        int messageCharacters,
        int messagesPerSecond,
        int charactersPerSecond,
        int channels,
        int peersPerChannel,
        int channelNameCharacters,
        int metadataCharacters) {

    static HostLimits in(JsonObject greeting) {
        JsonObject limits = greeting.get("limits") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        return new HostLimits(
                number(limits, "messageCharacters"),
                number(limits, "messagesPerSecond"),
                number(limits, "charactersPerSecond"),
                number(limits, "channels"),
                number(limits, "peersPerChannel"),
                number(limits, "channelNameCharacters"),
                number(limits, "metadataCharacters"));
    }

    static int number(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber value ? value.intValue() : 0;
    }

    /** That limit, which a check cannot do without. */
    static int known(int limit, String name) {
        if (limit <= 0) {
            throw new Untestable("the limit " + name + " is unknown: the server does not tell it in signaling.v1");
        }
        return limit;
    }
}
