package dev.signaling;

import dev.signaling.message.CloseStatus;
import dev.signaling.message.ServerMessage;
import dev.signaling.testkit.RecordingOutbox;
import java.util.ArrayDeque;
import java.util.Optional;

/** A connection as the model has it, beside the one that the hub has. */
final class Line {

    final Connection connection;
    final RecordingOutbox outbox;
    final ArrayDeque<ServerMessage> ownWords = new ArrayDeque<>(); // greetings, pongs and farewells that have to come
    Person person;
    boolean spoken;
    boolean full;
    int position; // of its person's messages, the number of the last that came over it
    Optional<CloseStatus> ended = Optional.empty();

    Line(Connection connection, RecordingOutbox outbox, Person person) {
        this.connection = connection;
        this.outbox = outbox;
        this.person = person;
    }

    /** Whether its person speaks over it. */
    boolean isInUse() {
        return ended.isEmpty();
    }
}
