package dev.signaling.testkit;

import dev.signaling.Connection;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Renewal;
import dev.signaling.spi.Terms;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A peer in a story in which anything may fail: it may not even get in, and knows nothing but what it was told. */
final class Actor {

    private final String name;
    private final SignalingHub hub;
    private final Sabotage sabotage;
    private final Terms terms;
    private final Identity identity;
    private final List<ServerMessage> before = new ArrayList<>(); // over earlier connections
    private RecordingOutbox outbox = new RecordingOutbox();
    private Optional<Connection> connection;
    private int spoken;

    Actor(String name, SignalingHub hub, Sabotage sabotage, Terms terms, Identity identity) {
        this.name = name;
        this.hub = hub;
        this.sabotage = sabotage;
        this.terms = terms;
        this.identity = identity;
        connection = connect();
    }

    /** Whatever token it shows later, it is who it was. */
    private Optional<Connection> connect() {
        Renewal renewal = sabotage.aroundRenewal((token, current) -> Optional.of(current));
        return hub.connect(sabotage.around(outbox, name), terms, identity, renewal);
    }

    /** Whether it is there, as far as the hub says. */
    boolean isConnected() {
        return connection.isPresent() && connection.get().ended().isEmpty();
    }

    /** Whether the way out to it was closed. */
    boolean isClosed() {
        return outbox.closed().isPresent();
    }

    PeerId id() {
        return connection.orElseThrow().peer();
    }

    void join(ChannelName channel, Role role) {
        send(new ClientMessage.JoinChannel(channel, role, Payload.EMPTY_OBJECT, Optional.empty()));
    }

    void leave(ChannelName channel) {
        send(new ClientMessage.LeaveChannel(channel, Optional.empty()));
    }

    void ping() {
        send(new ClientMessage.Ping(Optional.empty(), Optional.empty()));
    }

    void askForIceServers() {
        send(new ClientMessage.GetIceServers(Optional.empty()));
    }

    void showANewToken() {
        send(new ClientMessage.RefreshToken("new", Optional.empty()));
    }

    /** Says the next number, to all in the channel or to one of them; what it was. */
    String say(ChannelName channel, Optional<PeerId> to) {
        String words = "\"" + name + " " + ++spoken + "\"";
        Optional<ChannelName> named = terms.severalChannels() ? Optional.of(channel) : Optional.empty();
        send(new ClientMessage.Signal(named, to, new Payload(words), Optional.empty()));
        return words;
    }

    private void send(ClientMessage message) {
        connection.ifPresent(open -> open.receive(message));
    }

    void stopReading() {
        outbox.fill();
    }

    void disconnect(CloseStatus status) {
        connection.ifPresent(open -> open.disconnect(status));
    }

    /** Comes back over another connection, if it was told how. */
    void comeBack() {
        List<ServerMessage> heard = heard();
        Optional<String> token = heard.stream()
                .filter(ServerMessage.ConnectionEstablished.class::isInstance)
                .flatMap(message -> ((ServerMessage.ConnectionEstablished) message).resumption().stream())
                .reduce((first, second) -> second)
                .map(ServerMessage.Resumption::token);
        long received = heard.stream()
                .filter(message -> !(message instanceof ServerMessage.ConnectionEstablished
                        || message instanceof ServerMessage.Pong
                        || message instanceof ServerMessage.FreshIceServers
                        || message instanceof ServerMessage.GoingAway))
                .count();
        before.addAll(outbox.drain());
        outbox = new RecordingOutbox();
        connection = connect();
        token.ifPresent(shown -> send(new ClientMessage.Resume(shown, received, Optional.empty())));
    }

    List<ServerMessage> heard() {
        List<ServerMessage> all = new ArrayList<>(before);
        all.addAll(outbox.messages());
        return all;
    }

    long failures() {
        return heard().stream().filter(ServerMessage.Failure.class::isInstance).count();
    }

    /** Whether it was told that it is in that channel, and not that it is there no longer. */
    boolean isIn(ChannelName channel) {
        if (connection.isEmpty()) {
            return false;
        }
        boolean in = false;
        for (ServerMessage message : heard()) {
            if (message instanceof ServerMessage.JoinedChannel joined
                    && joined.channel().equals(channel)) {
                in = joined.member().peer().equals(id()); // and not as whom it was before, if it could not come back
            } else if (message instanceof ServerMessage.LeftChannel left
                    && left.channel().equals(channel)) {
                in = false;
            }
        }
        return in;
    }

    /** Who was there when it joined that channel last, itself not included. */
    Set<PeerId> roster(ChannelName channel) {
        Set<PeerId> others = new LinkedHashSet<>();
        for (ServerMessage message : heard()) {
            if (message instanceof ServerMessage.JoinedChannel joined
                    && joined.channel().equals(channel)) {
                others.clear();
                joined.others().forEach(member -> others.add(member.peer()));
            }
        }
        return others;
    }

    /** What it heard others say, in order. */
    List<String> words() {
        return heard().stream()
                .filter(ServerMessage.Signal.class::isInstance)
                .map(message -> ((ServerMessage.Signal) message).data().text())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
