package dev.signaling.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a channel's name, a role and a peer's id have in common. */
final class NamesTest {

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of("the channel's name", (Function<String, Object>) ChannelName::new, ChannelName.LONGEST),
                Arguments.of("the role", (Function<String, Object>) Role::new, Role.LONGEST),
                Arguments.of("the peer id", (Function<String, Object>) PeerId::new, PeerId.LONGEST));
    }

    @ParameterizedTest
    @MethodSource("names")
    void mayBeAlmostAnything(String what, Function<String, Object> name, int longest) {
        for (String text : List.of("a", " ", "a b", "\u00E9", "\uD83D\uDE00", "../..", "x".repeat(longest))) {
            assertEquals(text, name.apply(text).toString(), what);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void areRefusedInWords(String what, Function<String, Object> name, int longest) {
        assertRefused(what + " is empty", name, "");
        assertRefused(
                what + " has " + (longest + 1) + " characters, the limit is " + longest, name, "x".repeat(longest + 1));
        for (String control : List.of("\u0000", "\t", "\n", "\u001F", "\u007F", "\u0085", "\u009F")) {
            assertRefused(what + " has a control character at position 1", name, "a" + control + "b");
        }
        for (String half : List.of("\uD800", "\uDC00", "\uD800b", "\uDC00\uD800", "\uD800\uD800")) {
            assertRefused(what + " has half a surrogate pair at position 2", name, "ab" + half);
        }
    }

    @Test
    void aChannelIsNotNamedLikeAnObjectsPrototype() {
        assertEquals(Optional.of("the channel's name is reserved"), ChannelName.fault("__proto__"));
        assertRefused("the channel's name is reserved", ChannelName::new, "__proto__");
        assertEquals(Optional.empty(), ChannelName.fault("__proto___"));
    }

    private static void assertRefused(String why, Function<String, Object> name, String text) {
        assertEquals(
                why,
                assertThrows(IllegalArgumentException.class, () -> name.apply(text))
                        .getMessage());
    }
}
