package dev.signaling.jakarta;

import dev.signaling.jakarta.ReferenceJson.Value;
import dev.signaling.message.ErrorCode;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PROTOCOL.md says of a client's text, written down once more and in another way: the error, or none. */
final class ReferenceRules {

    private static final BigInteger GREATEST = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

    private ReferenceRules() {}

    /** Rules T2 to T6. */
    static Optional<ErrorCode> tutorial(String text) {
        Optional<Map<String, Value>> message = ReferenceJson.object(text);
        if (message.isEmpty()) {
            return Optional.of(ErrorCode.MALFORMED_MESSAGE);
        }
        Optional<String> type = string(message.get(), "type");
        if (type.isEmpty() || isTheServers(type.get())) {
            return Optional.of(ErrorCode.UNKNOWN_TYPE);
        }
        return type.get().equals("join-channel") ? channel(message.get()) : Optional.empty();
    }

    /** Rule T4. */
    static boolean isTheServers(String type) {
        return Set.of("connection-established", "joined-channel", "error", "going-away")
                .contains(type);
    }

    /** Rules V3 to V8, V22, V31 and V34. Of several faults of fields any is right. */
    static Set<ErrorCode> v1(String text) {
        Optional<Map<String, Value>> message = ReferenceJson.object(text);
        if (message.isEmpty()) {
            return Set.of(ErrorCode.MALFORMED_MESSAGE);
        }
        Map<String, Value> fields = message.get();
        Optional<String> type = string(fields, "type");
        if (type.isEmpty()
                || !Set.of(
                                "join-channel",
                                "leave-channel",
                                "signal",
                                "ping",
                                "resume",
                                "refresh-token",
                                "get-ice-servers")
                        .contains(type.get())) {
            return Set.of(ErrorCode.UNKNOWN_TYPE);
        }
        boolean good = !fields.containsKey("id") || id(fields).isPresent();
        Optional<ErrorCode> channel = Optional.empty();
        switch (type.get()) {
            case "join-channel" -> {
                channel = channel(fields);
                good &= !fields.containsKey("role")
                        || string(fields, "role").filter(ReferenceRules::isRole).isPresent();
                good &= !fields.containsKey("meta") || fields.get("meta").isObject();
                good &= !fields.containsKey("token") || isText(fields, "token", 4_096);
            }
            case "leave-channel" -> channel = channel(fields);
            case "signal" -> {
                channel = channel(fields);
                good &= fields.containsKey("data");
                good &= !fields.containsKey("to")
                        || string(fields, "to").filter(to -> isName(to, 128)).isPresent();
            }
            case "get-ice-servers" -> {}
            case "refresh-token" -> good &= isText(fields, "token", 8_192);
            case "ping" -> good &= !fields.containsKey("received") || isCount(fields);
            default -> good &= isText(fields, "token", 256) && isCount(fields);
        }
        if (good) {
            return channel.map(Set::of).orElse(Set.of());
        }
        return channel.isPresent()
                ? Set.of(ErrorCode.INVALID_FIELD, ErrorCode.INVALID_CHANNEL)
                : Set.of(ErrorCode.INVALID_FIELD);
    }

    /** Rule V5. */
    static Optional<String> id(Map<String, Value> fields) {
        return string(fields, "id").filter(id -> isText(fields, "id", 64) && isWhole(id));
    }

    private static Optional<ErrorCode> channel(Map<String, Value> fields) {
        boolean good = string(fields, "channel")
                .filter(name -> isName(name, 256) && !name.equals("__proto__"))
                .isPresent();
        return good ? Optional.empty() : Optional.of(ErrorCode.INVALID_CHANNEL);
    }

    private static Optional<String> string(Map<String, Value> fields, String key) {
        return Optional.ofNullable(fields.get(key)).flatMap(Value::string);
    }

    private static boolean isText(Map<String, Value> fields, String key, int longest) {
        return string(fields, key)
                .filter(text -> text.length() >= 1 && text.length() <= longest)
                .isPresent();
    }

    private static boolean isCount(Map<String, Value> fields) {
        return Optional.ofNullable(fields.get("received"))
                .flatMap(Value::digits)
                .filter(digits -> !digits.startsWith("-"))
                .filter(digits -> new BigInteger(digits).compareTo(GREATEST) <= 0)
                .isPresent();
    }

    private static boolean isRole(String text) {
        return text.length() >= 1
                && text.length() <= 32
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    /** Rule T6. */
    static boolean isName(String text, int longest) {
        return text.length() >= 1
                && text.length() <= longest
                && isWhole(text)
                && text.chars().noneMatch(c -> c <= 0x1f || (c >= 0x7f && c <= 0x9f));
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }
}
