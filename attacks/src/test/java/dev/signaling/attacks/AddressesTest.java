package dev.signaling.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More connections than there may be, against a server that takes few. */
@Tag("scenario")
class AddressesTest {

    private static final Arena ARENA = Arena.open(Target.start(64, "connectionsPerAddress=300", "connections=1000"));

    @AfterAll
    static void end() {
        ARENA.close();
    }

    /** What each of so many connections hears first, and how many heard it. Somebody else gets in all the while, or not. */
    private static String open(int addresses, int each, String somebody) {
        List<Attacker> attackers = new ArrayList<>();
        Map<String, Integer> heard = new TreeMap<>();
        try {
            for (int i = 0; i < addresses * each; i++) {
                Attacker attacker = Attacker.connect(ARENA.port(), "127.0.1." + (1 + i % addresses));
                attackers.add(attacker);
                String first = attacker.next();
                heard.merge(first.startsWith("{") ? "let in" : first, 1, Integer::sum);
            }
            try (Attacker other = Attacker.connect(ARENA.port(), "127.0.2.1")) {
                String first = other.next();
                assertEquals(somebody, first.startsWith("{") ? "let in" : first);
            }
        } finally {
            attackers.forEach(Attacker::close);
        }
        return heard.entrySet().stream()
                .map(entry -> entry.getValue() + ": " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    @Test
    void fromOne() {
        ARENA.play(Attack.ONE_ADDRESS, () -> open(1, 400, "let in"));
    }

    @Test
    void fromMany() {
        ARENA.play(Attack.MANY_ADDRESSES, () -> open(12, 100, "1013 too-many-connections"));
    }
}
