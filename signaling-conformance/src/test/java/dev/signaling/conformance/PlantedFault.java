package dev.signaling.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Things that servers do wrong, and the rules that they break. */
@SuppressWarnings("ImmutableEnumChecker") // a supplier is not known to be immutable; these are
enum PlantedFault {
    SAYS_NOTHING_FIRST("T1", onTexts("connection-established", text -> List.of())),
    TAKES_EVERYTHING_FOR_JSON("T2", onTexts("malformed-message", text -> List.of())),
    ANSWERS_NO_ERROR("T3", onTexts("\"error\"", text -> List.of())),
    CLOSES_ON_A_BAD_FRAME("T14", () -> new Fault() {
        @Override
        List<Frame> down(Frame frame) {
            return frame.text().contains("malformed-message") ? List.of(Frame.close(1008, "")) : List.of(frame);
        }
    }),
    ECHOES_TO_THE_SENDER("T11", () -> new Fault() {
        @Override
        List<Frame> echo(Frame frame) {
            return frame.text().contains("icecandidate") ? List.of(frame) : List.of();
        }
    }),
    WRITES_JSON_ANEW("T11", onTexts("icecandidate", text -> List.of(text.replace(": ", ":")))),
    DROPS_EVERY_HUNDREDTH("T12", every(100, text -> List.of())),
    WRITES_NUMBERS_ANEW("T12", onTexts("\"load\"", text -> List.of(text.replace("1e400", "1E+400")))),
    DOUBLES_EVERY_HUNDREDTH("V16", every(100, text -> List.of(text, text))),
    SWAPS_TWO("V16", Swap::new),
    REFUSES_FRAGMENTS("T16", () -> new Fault() {
        @Override
        List<Frame> up(Frame frame) {
            return frame.last() ? List.of(frame) : List.of(Frame.close(1009, ""));
        }
    }),
    ANSWERS_A_FLOOD_WITH_SILENCE("T17", onTexts("rate-limited", text -> List.of())),
    KEEPS_BINARY("T20", () -> new Fault() {
        @Override
        List<Frame> up(Frame frame) {
            return frame.opcode() == Frame.BINARY ? List.of() : List.of(frame);
        }
    }),
    REPAIRS_UTF_8("T20", () -> new Fault() {
        @Override
        List<Frame> up(Frame frame) {
            return frame.opcode() == Frame.TEXT ? List.of(Frame.text(frame.text())) : List.of(frame);
        }
    }),
    SAYS_THAT_A_SLOW_READER_LEFT(
            "T21", onTexts("\"removed\"", text -> List.of(text.replace("\"removed\"", "\"left\"")))),
    NEVER_PINGS("T22", () -> new Fault() {
        @Override
        List<Frame> down(Frame frame) {
            return frame.opcode() == Frame.PING ? List.of() : List.of(frame);
        }
    }),
    LETS_FOREIGN_PAGES_IN("T24", onRequest(head -> head.replaceAll("(?i)\r\norigin:[^\r]*", ""))),
    TAKES_A_TOKEN_FOR_A_FORMAT(
            "T26",
            onRequest(head -> head.replaceAll(
                    "(?i)(\r\nsec-websocket-protocol: )signaling.token.conformance\r", "$1signaling.v9\r"))),
    LETS_CACHES_KEEP_CREDENTIALS("T28", onResponse(answer -> answer.replace("no-store", "public"))),
    TELLS_ICE_SERVERS_TO_ANY_PAGE("T28", onRequest(head -> head.replaceAll("(?i)\r\norigin:[^\r]*", ""))),
    LETS_ANY_FORMAT_IN(
            "V1", onRequest(head -> head.replaceAll("(?i)\r\nsec-websocket-protocol: signaling.v9\r", "\r"))),
    GIVES_ONE_ID_TO_ALL(
            "V2",
            onTexts(
                    "connection-established",
                    text -> List.of(text.replaceAll("\"peer\":\"[^\"]*\"", "\"peer\":\"p\"")))),
    FORGETS_IDS("V5", onTexts("\"id\"", text -> List.of(text.replaceAll(",\"id\":\"[^\"]*\"", "")))),
    TAKES_ANY_FIELD("V6", onTexts("invalid-field", text -> List.of())),
    FORGETS_WHO_LEFT("V11", onTexts("peer-left", text -> List.of())),
    LOSES_GOODBYES("V12", () -> new Fault() {
        @Override
        List<Frame> up(Frame frame) {
            return frame.opcode() == Frame.CLOSE ? List.of() : List.of(frame);
        }
    }),
    MISCOUNTS("V19", onTexts("\"pong\"", text -> List.of(text.replaceAll("\"received\":\\d+", "\"received\":4")))),
    FORGETS_ONE_MESSAGE_OF_THOSE_MISSED("V22", () -> new AfterReturn(0)),
    SENDS_ONE_MESSAGE_TWICE("V22", () -> new AfterReturn(2)),
    LETS_NOBODY_BACK(
            "V22", onTexts("\"resumed\":true", text -> List.of(text.replace("\"resumed\":true", "\"resumed\":false")))),
    HIDES_AN_OVERFLOW("V24", onTexts("overflow", text -> List.of(text.replace("overflow", "")))),
    DROPS_WHO_SHOWS_A_TOKEN(
            "V30",
            onRequest(head -> head.replaceAll(
                    "(?i)(\r\nsec-websocket-protocol: )signaling.v1, ?signaling.token.conformance", "$1signaling.v9"))),
    KNOWS_NO_NEW_TOKENS(
            "V31", onTexts("the token is not taken", text -> List.of(text.replace("not-allowed", "unknown-type")))),
    TELLS_A_TURN_SERVER_WITHOUT_ITS_CREDENTIAL(
            "V33",
            onTexts("connection-established", text -> List.of(text.replaceAll(",\"credential\":\"[^\"]*\"", "")))),
    HAS_NO_WORDS_FOR_WHO_ASKS_FOR_ICE_SERVERS("V34", () -> new Fault() {
        @Override
        List<Frame> up(Frame frame) {
            return List.of(
                    frame.opcode() == Frame.TEXT ? Frame.text(frame.text().replace("get-ice", "get-i-c-e")) : frame);
        }
    }),
    COUNTS_WHO_ASKS_FOR_ICE_SERVERS("V35", CountsQuestions::new),
    TELLS_STALE_ICE_SERVERS_TO_WHO_COMES_BACK(
            "V35", onTexts("\"resumed\":true", text -> List.of(text.replaceAll("\"iceServers\":.*\"ttl\":\\d+,", "")))),
    NEVER_TELLS_FRESH_ICE_SERVERS(
            "V35", onTexts("{\"type\":\"ice-servers\"", text -> text.contains("\"id\"") ? List.of(text) : List.of())),
    SAYS_NOTHING_TO_WHOM_IT_REPLACES("V25", () -> new Fault() {
        @Override
        List<Frame> down(Frame frame) {
            return frame.opcode() == Frame.CLOSE ? List.of() : List.of(frame);
        }
    });

    private final String rule;
    private final Supplier<Fault> fault;

    PlantedFault(String rule, Supplier<Fault> fault) {
        this.rule = rule;
        this.fault = fault;
    }

    /** The number of the rule that it breaks. */
    String rule() {
        return rule;
    }

    /** Rules that have nothing to do with it. */
    Set<String> others() {
        if (this == SAYS_NOTHING_FIRST) {
            return Set.of();
        }
        return rule.startsWith("T") ? Set.of("T5", "V10") : Set.of("T5", "T7", "T11");
    }

    /** Whether only a check notices that waits for a deadline. */
    boolean takesItsTime() {
        return this == NEVER_PINGS || this == NEVER_TELLS_FRESH_ICE_SERVERS;
    }

    Supplier<Fault> fault() {
        return fault;
    }

    @Override
    public String toString() {
        return rule + " " + name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Changes what the server says where it contains this. */
    private static Supplier<Fault> onTexts(String part, TextChange change) {
        return () -> new Fault() {
            @Override
            List<Frame> down(Frame frame) {
                boolean meant = frame.opcode() == Frame.TEXT && frame.text().contains(part);
                return meant ? change.of(frame.text()).stream().map(Frame::text).toList() : List.of(frame);
            }
        };
    }

    /** Whether it belongs to a load: of other texts, chance decides how many there are. */
    private static boolean isLoad(Frame frame) {
        return frame.opcode() == Frame.TEXT && frame.text().contains("\"load\"");
    }

    /** Changes every so many texts of a load, on each connection. */
    private static Supplier<Fault> every(int count, TextChange change) {
        return () -> {
            AtomicInteger texts = new AtomicInteger();
            return new Fault() {
                @Override
                List<Frame> down(Frame frame) {
                    boolean meant = isLoad(frame) && texts.incrementAndGet() % count == 0;
                    return meant
                            ? change.of(frame.text()).stream().map(Frame::text).toList()
                            : List.of(frame);
                }
            };
        };
    }

    private static Supplier<Fault> onResponse(UnaryOperator<String> change) {
        return () -> new Fault() {
            @Override
            String response(String answer) {
                return change.apply(answer);
            }
        };
    }

    private static Supplier<Fault> onRequest(UnaryOperator<String> change) {
        return () -> new Fault() {
            @Override
            String request(String head) {
                return change.apply(head);
            }
        };
    }

    private interface TextChange {
        List<String> of(String text);
    }

    /** Holds every fiftieth text of a load back until the next has gone. */
    private static final class Swap extends Fault {

        private int texts;
        private List<Frame> held = List.of();

        @Override
        List<Frame> down(Frame frame) {
            if (isLoad(frame) && ++texts % 50 == 0) {
                held = List.of(frame);
                return List.of();
            }
            List<Frame> both = held.isEmpty() ? List.of(frame) : List.of(frame, held.get(0));
            held = List.of();
            return both;
        }
    }

    /** Counts a question for ICE servers among the client's messages. */
    private static final class CountsQuestions extends Fault {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        List<Frame> up(Frame frame) {
            if (frame.opcode() == Frame.TEXT && frame.text().contains("get-ice-servers")) {
                asked.incrementAndGet();
            }
            return List.of(frame);
        }

        @Override
        List<Frame> down(Frame frame) {
            boolean meant = frame.opcode() == Frame.TEXT && frame.text().contains("\"pong\"") && asked.get() > 0;
            return List.of(meant ? Frame.text(frame.text().replaceAll("\"received\":\\d+", "\"received\":2")) : frame);
        }
    }

    /** Sends the first signal after a way back so many times. */
    private static final class AfterReturn extends Fault {

        private final int times;
        private boolean returned;

        AfterReturn(int times) {
            this.times = times;
        }

        @Override
        List<Frame> down(Frame frame) {
            if (returned && frame.text().startsWith("{\"type\":\"signal\"")) {
                returned = false;
                return java.util.Collections.nCopies(times, frame);
            }
            returned |= frame.text().contains("\"resumed\":true");
            return List.of(frame);
        }
    }
}
