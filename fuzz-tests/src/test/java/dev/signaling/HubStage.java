package dev.signaling;

import dev.signaling.Step.Kind;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.message.ServerMessage.Resumption;
import dev.signaling.spi.Terms;
import dev.signaling.testkit.ManualClock;
import dev.signaling.testkit.RecordingOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A hub with small limits beside a model of it. After every step all that was sent to anybody is what the model says, and
 * what is counted is what is there; at the end nothing is left.
 */
final class HubStage {

    static final Limits LIMITS = Limits.builder()
            .messageCharacters(1_000)
            .messagesPerSecond(10)
            .messageBurst(12)
            .charactersPerSecond(500)
            .characterBurst(3_000)
            .joinsPerSecond(1_000) // more than there are messages
            .joinBurst(1_000)
            .channelsPerConnection(2)
            .peersPerChannel(4)
            .nameCharacters(8)
            .metadataCharacters(16)
            .outboxMessages(6)
            .connections(9)
            .joinDeadline(Duration.ofSeconds(8))
            .resumeGrace(Duration.ofSeconds(5))
            .build();

    private static final List<ChannelName> ROOMS =
            List.of(new ChannelName("a"), new ChannelName("b"), new ChannelName("c"));
    private static final ChannelName TOO_LONG = new ChannelName("as long as no host allows");
    private static final int SEATS = 8;
    private static final int WITNESS = 10; // characters of the one message of a witness
    private static final Duration SPREAD = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock();
    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingHub hub;
    private final Map<ChannelName, Room> rooms = new LinkedHashMap<>();
    private final Map<PeerId, Person> persons = new LinkedHashMap<>();
    private final List<Person> order = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Line[] seats = new Line[SEATS];

    // of the step at hand
    private final Map<ChannelName, Optional<String>> requests = new HashMap<>();
    private final List<ServerMessage> said = new ArrayList<>();
    private Optional<String> id = Optional.empty();
    private int length; // of its text
    private int steps;

    HubStage() {
        int[] ids = {0};
        hub = SignalingHub.builder()
                .limits(LIMITS)
                .clock(clock)
                .store(store)
                .peerIds(() -> new PeerId("p" + ids[0]++))
                .build();
        for (ChannelName name : ROOMS) {
            Line witness = connect(Terms.ONE_CHANNEL).orElseThrow();
            Room room = new Room(name, witness);
            rooms.put(name, room);
            room.open();
            witness.connection.receive(
                    new ClientMessage.JoinChannel(name, Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()), WITNESS);
            witness.person.everJoined = true;
            witness.person.rule(clock.millis(), WITNESS);
            witness.person.sent++;
            witness.person.channels.add(name);
        }
        settle();
    }

    /** Plays all of it, and the end. */
    static void play(List<Step> steps) {
        HubStage stage = new HubStage();
        for (Step step : steps) {
            stage.play(step);
        }
        stage.end(steps.size() % 2 == 0);
    }

    void play(Step step) {
        steps++;
        requests.clear();
        said.clear();
        id = step.how() % 3 == 0 ? Optional.of("r" + steps) : Optional.empty();
        length = step.how() % 8 == 7 ? 900 : 10;
        int seat = step.seat() % SEATS;
        if (step.kind() == Kind.CONNECT || step.kind() == Kind.CONNECT_TO_ONE_CHANNEL) {
            if (seats[seat] == null || !seats[seat].isInUse()) {
                connect(step.kind() == Kind.CONNECT ? Terms.RESUMABLE : Terms.ONE_CHANNEL)
                        .ifPresent(line -> seats[seat] = line);
            }
        } else if (step.kind() == Kind.WAIT) {
            pass(Duration.ofMillis(250L * (1 + step.what() % 16)));
        } else if (seats[seat] != null) {
            play(step, seats[seat]);
        }
        settle();
    }

    private void play(Step step, Line line) {
        switch (step.kind()) {
            case JOIN -> join(line, step);
            case LEAVE -> leave(line, step);
            case SAY, SAY_TO_ONE -> say(line, step);
            case PING -> ping(line, step);
            case BAD_TEXT -> {
                boolean passes = speak(line, true);
                line.connection.refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", id, length);
                if (passes) {
                    line.person.oweError(ErrorCode.MALFORMED_MESSAGE, id);
                }
            }
            case RESUME -> resume(line, step);
            case CUT -> disconnect(line, CloseStatus.LOST);
            case TIME_OUT -> disconnect(line, CloseStatus.TIMED_OUT);
            case GO -> disconnect(line, CloseStatus.GONE);
            case STOP_READING -> {
                line.full = true;
                line.outbox.fill();
            }
            default -> throw new AssertionError(step);
        }
    }

    private Optional<Line> connect(Terms terms) {
        RecordingOutbox outbox = new RecordingOutbox();
        Optional<Connection> connection = hub.connect(outbox, terms);
        boolean hasRoom = connected() < LIMITS.connections();
        Checks.equal(hasRoom, connection.isPresent(), "there is room for a connection");
        if (!hasRoom) {
            Checks.equal(Optional.of(CloseStatus.TOO_MANY_CONNECTIONS), outbox.closed(), "refused");
            return Optional.empty();
        }
        Person person = new Person(connection.get().peer(), terms, LIMITS, clock.millis());
        Line line = new Line(connection.get(), outbox, person);
        person.line = Optional.of(line);
        person.newest = line.connection.number();
        persons.put(person.id, person);
        order.add(person);
        lines.add(line);
        greet(line, false, Optional.empty(), Optional.empty());
        return Optional.of(line);
    }

    private void greet(Line line, boolean resumed, Optional<String> fault, Optional<String> requestId) {
        Optional<Resumption> resumption = line.person.terms.resumable()
                ? Optional.of(new Resumption("", resumed, line.person.sent, fault))
                : Optional.empty();
        line.ownWords.add(new ServerMessage.ConnectionEstablished(line.person.id, resumption, requestId));
    }

    private long connected() {
        return lines.stream().filter(Line::isInUse).count();
    }

    // ---- what a client says

    /** Counts a message that is about to come over that line. True if it is heard, and not too much. */
    private boolean speak(Line line, boolean counts) {
        if (!line.isInUse()) {
            return false;
        }
        Person person = line.person;
        person.earlierToken = Optional.empty();
        line.spoken = true;
        if (counts) {
            person.sent++;
        }
        switch (person.rule(clock.millis(), length)) {
            case PASS -> {
                return true;
            }
            case TELL -> person.oweError(ErrorCode.RATE_LIMITED, id);
            case DROP -> {}
            case CLOSE -> end(person, CloseStatus.RATE_LIMITED);
        }
        return false;
    }

    private void join(Line line, Step step) {
        ChannelName channel = step.how() % 16 == 15 ? TOO_LONG : room(step);
        Payload meta = new Payload(step.how() % 16 == 14 ? "{\"much\":\"too much\"}" : "{\"n\":" + steps + "}");
        Person person = line.person;
        if (speak(line, true)) {
            Optional<ErrorCode> refusal = refusal(person, channel, meta);
            if (refusal.isEmpty()) {
                requests.put(channel, id);
                Set<Person> slow = new LinkedHashSet<>();
                if (!person.terms.severalChannels()) {
                    person.channels.forEach(left -> endSlow(left, slow));
                    person.channels.clear();
                }
                long taken = called(channel).size()
                        - slow.stream()
                                .filter(other -> other.channels.contains(channel))
                                .count();
                if (taken >= LIMITS.peersPerChannel()) {
                    refusal = Optional.of(ErrorCode.CHANNEL_FULL);
                } else {
                    person.channels.add(channel);
                    person.everJoined = true;
                }
            }
            refusal.ifPresent(code -> person.oweError(code, id));
        }
        line.connection.receive(new ClientMessage.JoinChannel(channel, Role.PEER, meta, id), length);
    }

    /** Who reads no more and hears of something in that channel ends, and of that those hear who are in its others. */
    private void endSlow(ChannelName channel, Set<Person> slow) {
        for (Person other : order) {
            boolean hears = other.line.filter(line -> line.full).isPresent() && other.channels.contains(channel);
            if (hears && slow.add(other)) {
                other.channels.forEach(left -> endSlow(left, slow));
            }
        }
    }

    private static Optional<ErrorCode> refusal(Person person, ChannelName channel, Payload meta) {
        if (channel.equals(TOO_LONG)) {
            return Optional.of(ErrorCode.INVALID_CHANNEL);
        } else if (meta.text().length() > LIMITS.metadataCharacters()) {
            return Optional.of(ErrorCode.INVALID_FIELD);
        } else if (person.channels.contains(channel)) {
            return Optional.of(ErrorCode.ALREADY_JOINED);
        } else if (person.terms.severalChannels() && person.channels.size() >= LIMITS.channelsPerConnection()) {
            return Optional.of(ErrorCode.TOO_MANY_CHANNELS);
        }
        return Optional.empty();
    }

    private void leave(Line line, Step step) {
        ChannelName channel = room(step);
        if (speak(line, true)) {
            requests.put(channel, id);
            if (!line.person.channels.remove(channel)) {
                line.person.oweError(ErrorCode.NOT_JOINED, id);
            }
        }
        line.connection.receive(new ClientMessage.LeaveChannel(channel, id), length);
    }

    private void say(Line line, Step step) {
        Person person = line.person;
        Optional<ChannelName> named =
                person.terms.severalChannels() || step.how() % 4 == 3 ? Optional.of(room(step)) : Optional.empty();
        Optional<PeerId> to = step.kind() == Kind.SAY ? Optional.empty() : Optional.of(guest(step.how() / 4).id);
        Payload data = new Payload(Integer.toString(steps));
        if (speak(line, true)) {
            Optional<ChannelName> spoken = person.channels.stream()
                    .filter(channel -> named.isEmpty() || channel.equals(named.get()))
                    .findFirst();
            if (spoken.isEmpty()) {
                person.oweError(ErrorCode.NOT_JOINED, id);
            } else if (to.isEmpty()) {
                said.add(new ServerMessage.Signal(spoken.get(), person.id, data));
            } else if (to.get().equals(person.id) || !called(spoken.get()).has(to.get())) {
                person.oweError(ErrorCode.PEER_NOT_FOUND, id);
            } else {
                person(to.get()).owe(new ServerMessage.Signal(spoken.get(), person.id, data));
            }
        }
        line.connection.receive(new ClientMessage.Signal(named, to, data, id), length);
    }

    private void ping(Line line, Step step) {
        Person person = line.person;
        Optional<Long> received = count(person, step.what() % 6);
        if (speak(line, false)) {
            if (received.isPresent() && person.terms.resumable() && !person.acknowledge(received.get())) {
                person.oweError(ErrorCode.INVALID_FIELD, id);
            } else {
                line.ownWords.add(new ServerMessage.Pong(person.sent, id));
            }
        }
        line.connection.receive(new ClientMessage.Ping(received, id), length);
    }

    private static Optional<Long> count(Person person, int which) {
        return switch (which) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(person.heardInAll() + 1L);
            case 2 -> Optional.of(Math.max(0L, person.heardInAll() - 1L));
            case 3 -> Optional.of((long) person.acknowledged());
            case 4 -> Optional.of((long) person.firstKept());
            default -> Optional.of((long) person.heardInAll());
        };
    }

    private void resume(Line line, Step step) {
        Person shown = guest(step.what());
        String token = step.how() % 4 == 0
                ? shown.earlierToken.orElse("never given")
                : step.how() % 4 == 1 && step.how() > 127 ? "never given" : shown.token;
        long received = count(shown, Math.max(1, (step.how() / 4) % 8)).orElseThrow();
        Person fresh = line.person;
        boolean isFirst = !line.spoken;
        Optional<Person> holder = order.stream()
                .filter(person -> person.isThere() && person != fresh && person.terms.resumable())
                .filter(person -> person.token.equals(token) || person.earlierToken.equals(Optional.of(token)))
                .findFirst();
        if (speak(line, false)) {
            Backlog.Fit fit = isFirst
                            && fresh.terms.resumable()
                            && holder.isPresent()
                            && line.connection.number() > holder.get().newest
                    ? holder.get().fit(received)
                    : Backlog.Fit.WRONG;
            switch (fit) {
                case WRONG -> fresh.oweError(ErrorCode.RESUME_FAILED, id);
                case OVERFLOWN -> {
                    end(holder.orElseThrow(), CloseStatus.REPLACED);
                    greet(line, false, Optional.of("overflow"), id);
                }
                case KEPT -> takeOver(holder.orElseThrow(), line, token, received);
            }
        }
        line.connection.receive(new ClientMessage.Resume(token, received, id), length);
    }

    private void takeOver(Person lost, Line line, String token, long received) {
        lost.line.ifPresent(earlier -> earlier.ended = Optional.of(CloseStatus.REPLACED));
        line.person.ended = Optional.of(CloseStatus.REPLACED);
        line.person.line = Optional.empty();
        lost.acknowledge(received);
        lost.earlierToken = Optional.of(token);
        lost.newest = line.connection.number();
        lost.since = clock.millis();
        lost.emptyBuckets();
        lost.line = Optional.of(line);
        line.position = (int) received;
        line.person = lost;
        greet(line, true, Optional.empty(), id);
    }

    /** One of those who are no witnesses, there or gone. */
    private Person guest(int number) {
        return order.get(ROOMS.size() + number % (order.size() - ROOMS.size()));
    }

    private static ChannelName room(Step step) {
        return ROOMS.get(step.what() % ROOMS.size());
    }

    private Room called(ChannelName channel) {
        return Objects.requireNonNull(rooms.get(channel));
    }

    private Person person(PeerId peer) {
        return Objects.requireNonNull(persons.get(peer));
    }

    // ---- what happens to it

    private void disconnect(Line line, CloseStatus status) {
        if (line.isInUse()) {
            boolean isLost = status == CloseStatus.LOST || status == CloseStatus.TIMED_OUT;
            long awaited = order.stream().filter(Person::isLost).count();
            if (isLost && line.spoken && line.person.terms.resumable() && awaited < LIMITS.connections()) {
                line.ended = Optional.of(status);
                line.person.line = Optional.empty();
                line.person.since = clock.millis();
            } else {
                end(line.person, status);
            }
        }
        line.connection.disconnect(status);
    }

    private void end(Person person, CloseStatus status) {
        person.line.ifPresent(line -> line.ended = Optional.of(status));
        person.line = Optional.empty();
        person.ended = Optional.of(status);
        person.channels.clear();
    }

    private void pass(Duration time) {
        clock.advance(time);
        long now = clock.millis();
        for (Person person : order) {
            if (person.isLost() && now - person.since >= LIMITS.resumeGrace().toMillis()) {
                end(person, CloseStatus.TIMED_OUT);
            } else if (person.isThere()
                    && !person.isLost()
                    && !person.everJoined
                    && now - person.since >= LIMITS.joinDeadline().toMillis()) {
                end(person, CloseStatus.JOIN_TIMEOUT);
            }
        }
        hub.expire();
    }

    // ---- what follows

    private void settle() {
        Map<Line, List<ServerMessage>> come = new LinkedHashMap<>();
        for (Line line : lines) {
            List<ServerMessage> messages = line.outbox.drain();
            if (!messages.isEmpty()) {
                come.put(line, messages);
            }
        }
        List<ServerMessage> signals = new ArrayList<>();
        for (Room room : rooms.values()) {
            for (ServerMessage event : come.getOrDefault(room.witness, List.of())) {
                if (isCounted(event) && !(event instanceof ServerMessage.JoinedChannel)) {
                    room.follow(event, persons, requests);
                    if (event instanceof ServerMessage.Signal) {
                        signals.add(event);
                    } else if (event instanceof ServerMessage.PeerLeft left) {
                        lefts.add(left);
                    }
                }
            }
        }
        for (Person person : order) {
            person.line
                    .filter(line -> line.full && (person.hasMissed() || !line.ownWords.isEmpty()))
                    .ifPresent(line -> end(person, CloseStatus.SLOW_CONSUMER));
        }
        Checks.equal(said, signals, "what the witnesses heard");
        come.forEach((line, messages) -> messages.forEach(message -> hear(line, message)));
        lefts.forEach(this::checkReason);
        lefts.clear();
        check();
    }

    private final List<ServerMessage.PeerLeft> lefts = new ArrayList<>();

    private void checkReason(ServerMessage.PeerLeft left) {
        Person person = person(left.peer());
        if (left.reason() == LeaveReason.LEFT) {
            Checks.that(requests.size() > 0, () -> left + ", and nobody has asked for it");
        } else {
            Checks.equal(person.ended.map(CloseStatus::leaveReason), Optional.of(left.reason()), "why " + left);
        }
    }

    private void hear(Line line, ServerMessage message) {
        if (isCounted(message)) {
            line.person.hear(line, message);
            return;
        }
        ServerMessage expected = line.ownWords.poll();
        Checks.that(expected != null, () -> line.person.id + " heard " + message);
        if (message instanceof ServerMessage.ConnectionEstablished greeting) {
            greeting.resumption().ifPresent(resumption -> line.person.token = resumption.token());
            Checks.equal(expected, withoutToken(greeting), "the greeting");
        } else if (message instanceof ServerMessage.GoingAway away) {
            Checks.that(away.retryAfter().compareTo(SPREAD) <= 0, away::toString);
        } else {
            Checks.equal(expected, message, "what " + line.person.id + " heard");
        }
    }

    private static ServerMessage withoutToken(ServerMessage.ConnectionEstablished greeting) {
        return new ServerMessage.ConnectionEstablished(
                greeting.peer(),
                greeting.resumption()
                        .map(shown -> new Resumption("", shown.resumed(), shown.received(), shown.fault())),
                greeting.id());
    }

    private static boolean isCounted(ServerMessage message) {
        return !(message instanceof ServerMessage.ConnectionEstablished
                || message instanceof ServerMessage.Pong
                || message instanceof ServerMessage.GoingAway);
    }

    private void check() {
        for (Line line : lines) {
            Checks.equal(line.ended, line.connection.ended(), "the end of a connection of " + line.person.id);
            Checks.equal(line.ended, line.outbox.closed(), "the end of an outbox of " + line.person.id);
            if (line.isInUse()) {
                Checks.equal(line.person.id, line.connection.peer(), "who speaks");
                Checks.that(!line.person.hasMissed(), () -> line.person.id + " has missed something");
                Checks.that(line.ownWords.isEmpty(), () -> line.person.id + " was not told " + line.ownWords);
            }
        }
        for (Person person : order) {
            person.forgetWhatIsTooMuch(LIMITS.outboxMessages());
            for (Room room : rooms.values()) {
                Checks.equal(
                        person.channels.contains(room.name), room.has(person.id), person.id + " is in " + room.name);
            }
        }
        long there = order.stream().filter(Person::isThere).count();
        Checks.equal((int) there, hub.connections(), "connections");
        Checks.equal(ROOMS.size(), store.channels(), "channels");
        long tokens = order.stream()
                .filter(person -> person.isThere() && person.terms.resumable())
                .mapToLong(person -> person.earlierToken.isPresent() ? 2 : 1)
                .sum();
        Checks.equal((int) tokens, hub.resumptions().tokens().size(), "tokens");
    }

    /** All are told to go, or go and are waited for in vain. */
    private void end(boolean byServer) {
        if (byServer) {
            for (Line line : lines) {
                if (line.isInUse()) { // a last word has room where nothing else has
                    line.ownWords.add(new ServerMessage.GoingAway(SPREAD));
                }
            }
            order.forEach(person -> {
                if (person.isThere()) {
                    end(person, CloseStatus.GOING_AWAY);
                }
            });
            hub.goAway(SPREAD);
            for (Line line : lines) {
                List<ServerMessage> last = line.outbox.drain();
                last.forEach(message -> hear(line, message));
                Checks.equal(line.ended, line.outbox.closed(), "the end of an outbox of " + line.person.id);
            }
        } else {
            lines.forEach(line -> line.connection.disconnect(CloseStatus.LOST));
            clock.advance(LIMITS.resumeGrace());
            hub.expire();
        }
        Checks.equal(0, hub.connections(), "connections at the end");
        Checks.equal(0, store.channels(), "channels at the end");
        Checks.equal(0, hub.resumptions().tokens().size(), "tokens at the end");
    }
}
