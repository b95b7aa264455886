package dev.signaling;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Terms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A peer as the model has it: what it has to hear, what it heard, and whether it may come back.
 *
 * <p>What it has to hear is known of each channel by itself; how channels follow one another is the hub's to say, once: what
 * it sends again must be what it sent before.
 */
final class Person {

    private static final String ANSWERS = "";

    final PeerId id;
    final Terms terms;
    final Set<ChannelName> channels = new LinkedHashSet<>();
    Optional<Line> line; // none while it is lost, and at the end
    Optional<CloseStatus> ended = Optional.empty();
    boolean everJoined;
    long since;
    long sent;
    String token = "";
    Optional<String> earlierToken = Optional.empty();
    long newest;

    private final Bucket messages;
    private final Bucket characters;
    private final List<ServerMessage> heard = new ArrayList<>();
    private final Map<String, List<ServerMessage>> due = new HashMap<>();
    private final Map<String, Integer> heardOf = new HashMap<>();
    private int dueInAll;
    private int acknowledged;
    private int gone;
    private boolean gap;

    Person(PeerId id, Terms terms, Limits limits, long now) {
        this.id = id;
        this.terms = terms;
        this.messages = new Bucket(limits.messagesPerSecond(), limits.messageBurst());
        this.characters = new Bucket(limits.charactersPerSecond(), limits.characterBurst());
        this.line = Optional.empty();
        this.since = now;
    }

    /** What becomes of a message of so many characters that comes from it. */
    Bucket.Verdict rule(long now, int length) {
        Bucket.Verdict verdict = messages.rule(now, 1);
        return verdict == Bucket.Verdict.PASS ? characters.rule(now, length) : verdict;
    }

    void emptyBuckets() {
        messages.empty();
        characters.empty();
    }

    boolean isThere() {
        return ended.isEmpty();
    }

    boolean isLost() {
        return ended.isEmpty() && line.isEmpty();
    }

    /** It has to hear that, after all of the same channel that was due before. */
    void owe(ServerMessage message) {
        due.computeIfAbsent(sequence(message), none -> new ArrayList<>()).add(bare(message));
        dueInAll++;
    }

    void oweError(ErrorCode code, Optional<String> messageId) {
        owe(new ServerMessage.Failure(code, "", messageId));
    }

    /** A message has come over that line: one that came before, word for word, or the next that is due of its sequence. */
    void hear(Line over, ServerMessage message) {
        if (over.position < heard.size()) {
            Checks.equal(heard.get(over.position), message, "sent again to " + id);
        } else {
            String sequence = sequence(message);
            int before = heardOf.merge(sequence, 1, Integer::sum) - 1;
            List<ServerMessage> all = due.getOrDefault(sequence, List.of());
            Checks.that(before < all.size(), () -> id + " heard what is not for it: " + message);
            Checks.equal(all.get(before), bare(message), "the next for " + id);
            heard.add(message);
        }
        over.position++;
    }

    /** Whether something is due that has not come. */
    boolean hasMissed() {
        return heard.size() < dueInAll;
    }

    int heardInAll() {
        return heard.size();
    }

    int acknowledged() {
        return acknowledged;
    }

    int firstKept() {
        return gone;
    }

    /** It has got so many. False if it was not sent as many. */
    boolean acknowledge(long count) {
        if (count > heard.size()) {
            return false;
        }
        acknowledged = Math.max(acknowledged, (int) count);
        gone = Math.max(gone, (int) count);
        return true;
    }

    /** As much is kept as the limits say; of too much for one that is not there, nothing. */
    void forgetWhatIsTooMuch(int most) {
        if (isLost()) {
            gap |= dueInAll - gone > most;
        } else {
            gone = Math.max(gone, dueInAll - most);
        }
    }

    Backlog.Fit fit(long received) {
        if (received > heard.size() || received < acknowledged) {
            return Backlog.Fit.WRONG;
        }
        return gap || received < gone ? Backlog.Fit.OVERFLOWN : Backlog.Fit.KEPT;
    }

    private static String sequence(ServerMessage message) {
        if (message instanceof ServerMessage.Failure) {
            return ANSWERS;
        } else if (message instanceof ServerMessage.Signal signal) {
            return signal.channel().value();
        } else if (message instanceof ServerMessage.PeerJoined joined) {
            return joined.channel().value();
        } else if (message instanceof ServerMessage.PeerLeft left) {
            return left.channel().value();
        } else if (message instanceof ServerMessage.JoinedChannel joined) {
            return joined.channel().value();
        } else if (message instanceof ServerMessage.LeftChannel left) {
            return left.channel().value();
        }
        throw new AssertionError("not counted: " + message);
    }

    /** Without the words that may be others tomorrow. */
    private static ServerMessage bare(ServerMessage message) {
        return message instanceof ServerMessage.Failure failure
                ? new ServerMessage.Failure(failure.code(), "", failure.id())
                : message;
    }
}
