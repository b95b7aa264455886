package dev.signaling.testkit;

import dev.signaling.Connection;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Identity;
import dev.signaling.spi.Terms;
import java.util.List;
import java.util.Optional;

/** A peer of a hub under test: its connection, what it is sent, and the words to tell its story with. */
record Guest(Connection connection, RecordingOutbox outbox) {

    static final ChannelName ROOM = new ChannelName("room");

    static Guest of(SignalingHub hub) {
        return of(hub, Terms.MANY_CHANNELS);
    }

    /** Connects; the first message is not kept. */
    static Guest of(SignalingHub hub, Terms terms) {
        RecordingOutbox outbox = new RecordingOutbox();
        Guest guest = new Guest(hub.connect(outbox, terms).orElseThrow(), outbox);
        outbox.drain();
        return guest;
    }

    /** Connects as somebody whom the host knows; the first message is not kept. */
    static Guest of(SignalingHub hub, Identity identity) {
        RecordingOutbox outbox = new RecordingOutbox();
        Guest guest =
                new Guest(hub.connect(outbox, Terms.MANY_CHANNELS, identity).orElseThrow(), outbox);
        outbox.drain();
        return guest;
    }

    PeerId id() {
        return connection.peer();
    }

    Member member() {
        return new Member(id());
    }

    Member member(Role role) {
        return new Member(id(), role, Payload.EMPTY_OBJECT);
    }

    void join(String channel) {
        join(new ChannelName(channel), Role.PEER);
    }

    void join(ChannelName channel, Role role) {
        connection.receive(new ClientMessage.JoinChannel(channel, role, Payload.EMPTY_OBJECT, Optional.empty()));
    }

    void join(String channel, Payload meta, Optional<String> token) {
        connection.receive(
                new ClientMessage.JoinChannel(new ChannelName(channel), Role.PEER, meta, token, Optional.empty()));
    }

    /** Joins the channel that most tests take place in. */
    Guest inRoom() {
        return inRoom(Role.PEER);
    }

    Guest inRoom(Role role) {
        join(ROOM, role);
        outbox.drain();
        return this;
    }

    void leave(String channel) {
        connection.receive(new ClientMessage.LeaveChannel(new ChannelName(channel), Optional.empty()));
    }

    void say(String words) {
        say(Optional.empty(), words);
    }

    void say(Guest to, String words) {
        say(Optional.of(to.id()), words);
    }

    private void say(Optional<PeerId> to, String words) {
        connection.receive(new ClientMessage.Signal(Optional.empty(), to, data(words), Optional.empty()));
    }

    /** What it was sent since it was asked last. */
    List<ServerMessage> hears() {
        return outbox.drain();
    }

    static Payload data(String words) {
        return new Payload("\"" + words + "\"");
    }

    static ServerMessage joined(String channel, Member member, Member... others) {
        return new ServerMessage.JoinedChannel(new ChannelName(channel), member, List.of(others), Optional.empty());
    }

    static ServerMessage left(String channel) {
        return new ServerMessage.LeftChannel(new ChannelName(channel), Optional.empty());
    }

    static ServerMessage peerJoined(String channel, Member member) {
        return new ServerMessage.PeerJoined(new ChannelName(channel), member);
    }

    static ServerMessage peerLeft(String channel, Guest who, LeaveReason reason) {
        return new ServerMessage.PeerLeft(new ChannelName(channel), who.id(), reason);
    }

    static ServerMessage signal(String channel, Guest from, String words) {
        return new ServerMessage.Signal(new ChannelName(channel), from.id(), data(words));
    }

    static ServerMessage failure(ErrorCode code, String detail) {
        return new ServerMessage.Failure(code, detail, Optional.empty());
    }

    /** The codes of the errors among the messages; anything else is a fault of the test's. */
    static List<ErrorCode> codes(List<ServerMessage> messages) {
        return messages.stream()
                .map(message -> ((ServerMessage.Failure) message).code())
                .toList();
    }
}
