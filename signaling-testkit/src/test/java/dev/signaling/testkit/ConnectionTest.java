package dev.signaling.testkit;

import static dev.signaling.testkit.Guest.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.Terms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What peers say is routed, or answered. */
final class ConnectionTest {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final RecordingListener listener = new RecordingListener();

    private SignalingHub hub(RelayPolicy policy, Limits limits) {
        return SignalingHub.builder()
                .store(store)
                .policy(policy)
                .limits(limits)
                .listener(listener)
                .build();
    }

    private SignalingHub hub() {
        return hub(RelayPolicy.everyoneToEveryone(), Limits.defaults());
    }

    @Test
    void membersHearOfEachOther() {
        SignalingHub hub = hub();
        Guest ann = Guest.of(hub);
        Guest bob = Guest.of(hub);
        Member bobSeen = new Member(bob.id(), Role.VIEWER, new Payload("{\"name\":\"Bob\"}"));

        ann.join(ROOM, Role.STREAMER);
        bob.connection().receive(new ClientMessage.JoinChannel(ROOM, bobSeen.role(), bobSeen.meta(), Optional.of("7")));
        bob.connection().receive(new ClientMessage.LeaveChannel(ROOM, Optional.of("8")));

        assertEquals(
                List.of(
                        Guest.joined("room", ann.member(Role.STREAMER)),
                        Guest.peerJoined("room", bobSeen),
                        Guest.peerLeft("room", bob, LeaveReason.LEFT)),
                ann.hears());
        assertEquals(
                List.of(
                        new ServerMessage.JoinedChannel(
                                ROOM, bobSeen, List.of(ann.member(Role.STREAMER)), Optional.of("7")),
                        new ServerMessage.LeftChannel(ROOM, Optional.of("8"))),
                bob.hears());
        assertEquals(
                List.of(
                        new RecordingListener.Joined(ROOM, ann.member(Role.STREAMER)),
                        new RecordingListener.Joined(ROOM, bobSeen)),
                listener.news(RecordingListener.Joined.class));
        assertEquals(
                List.of(new RecordingListener.Left(ROOM, bob.id(), LeaveReason.LEFT)),
                listener.news(RecordingListener.Left.class));
    }

    @Test
    void aSignalReachesAllOthersInItsChannel() {
        SignalingHub hub = hub();
        Guest ann = Guest.of(hub).inRoom();
        Guest bob = Guest.of(hub).inRoom();
        Guest cid = Guest.of(hub).inRoom();
        Guest outside = Guest.of(hub);
        outside.join("another");
        List.of(ann, bob, outside).forEach(Guest::hears);

        ann.say("hello");

        assertEquals(List.of(), ann.hears());
        assertEquals(List.of(Guest.signal("room", ann, "hello")), bob.hears());
        assertEquals(List.of(Guest.signal("room", ann, "hello")), cid.hears());
        assertEquals(List.of(), outside.hears());
    }

    @Test
    void aSignalForManyIsOneDelivery() {
        SignalingHub hub = hub();
        Guest ann = Guest.of(hub).inRoom();
        Guest bob = Guest.of(hub).inRoom();
        Guest cid = Guest.of(hub).inRoom();
        bob.hears();

        ann.say("hello");

        assertEquals(bob.outbox().deliveries(), cid.outbox().deliveries(), "the same one, to be encoded once");
    }

    @Test
    void aSignalForOneReachesThatOne() {
        SignalingHub hub = hub();
        Guest ann = Guest.of(hub).inRoom();
        Guest bob = Guest.of(hub).inRoom();
        Guest cid = Guest.of(hub).inRoom();
        List.of(ann, bob).forEach(Guest::hears);

        ann.say(cid, "for you");
        ann.say(new Guest(Guest.of(hub).connection(), bob.outbox()), "for nobody here");
        ann.say(ann, "for myself");

        assertEquals(List.of(Guest.signal("room", ann, "for you")), cid.hears());
        assertEquals(List.of(), bob.hears());
        assertEquals(List.of(ErrorCode.PEER_NOT_FOUND, ErrorCode.PEER_NOT_FOUND), Guest.codes(ann.hears()));
    }

    @Test
    void aSignalNamesItsChannelWhereThereAreMany() {
        SignalingHub hub = hub();
        Guest ann = Guest.of(hub);
        Guest bob = Guest.of(hub);
        List.of(ann, bob).forEach(guest -> {
            guest.join("one");
            guest.join("two");
        });
        List.of(ann, bob).forEach(Guest::hears);

        ann.connection()
                .receive(new ClientMessage.Signal(
                        Optional.of(new ChannelName("two")), Optional.empty(), Guest.data("hi"), Optional.empty()));
        ann.connection()
                .receive(new ClientMessage.Signal(
                        Optional.of(new ChannelName("three")), Optional.empty(), Guest.data("hi"), Optional.of("9")));
        ann.say("where to?");

        assertEquals(List.of(Guest.signal("two", ann, "hi")), bob.hears());
        assertEquals(
                List.of(
                        new ServerMessage.Failure(
                                ErrorCode.NOT_JOINED, "this connection is not in that channel", Optional.of("9")),
                        Guest.failure(ErrorCode.NOT_JOINED, "this connection is not in that channel")),
                ann.hears());
    }

    @Test
    void whoHasJoinedNothingIsAnswered() {
        Guest guest = Guest.of(hub());

        guest.say("anybody?");
        guest.leave("room");

        assertEquals(
                List.of(
                        Guest.failure(ErrorCode.NOT_JOINED, "join a channel first"),
                        Guest.failure(ErrorCode.NOT_JOINED, "this connection is not in that channel")),
                guest.hears());
        assertEquals(
                List.of(
                        new RecordingListener.Refused(guest.id(), ErrorCode.NOT_JOINED, "join a channel first"),
                        new RecordingListener.Refused(
                                guest.id(), ErrorCode.NOT_JOINED, "this connection is not in that channel")),
                listener.news(RecordingListener.Refused.class));
        assertEquals(Optional.empty(), guest.connection().ended());
    }

    @Test
    void joiningTwiceIsAnswered() {
        for (Terms terms : List.of(Terms.ONE_CHANNEL, Terms.MANY_CHANNELS)) {
            SignalingHub hub = hub();
            Guest witness = Guest.of(hub).inRoom();
            Guest guest = Guest.of(hub, terms).inRoom();
            witness.hears();

            guest.join("room");

            assertEquals(List.of(ErrorCode.ALREADY_JOINED), Guest.codes(guest.hears()));
            assertEquals(List.of(), witness.hears());
            witness.say("still there?");
            assertEquals(List.of(Guest.signal("room", witness, "still there?")), guest.hears());
        }
    }

    @Test
    void aConnectionOfOneChannelLeavesTheFirstForTheSecond() {
        SignalingHub hub = hub();
        Guest witness = Guest.of(hub).inRoom();
        Guest guest = Guest.of(hub, Terms.ONE_CHANNEL).inRoom();
        witness.hears();

        guest.join("another");
        guest.say("here");
        witness.say("gone?");

        assertEquals(List.of(Guest.left("room"), Guest.joined("another", guest.member())), guest.hears());
        assertEquals(List.of(Guest.peerLeft("room", guest, LeaveReason.LEFT)), witness.hears());
    }

    @Test
    void aConnectionMayBeInSoManyChannels() {
        Guest guest = Guest.of(hub(
                RelayPolicy.everyoneToEveryone(),
                Limits.builder().channelsPerConnection(2).peersPerChannel(10).build()));
        guest.join("one");
        guest.join("two");
        guest.hears();

        guest.join("three");
        assertEquals(
                List.of(Guest.failure(ErrorCode.TOO_MANY_CHANNELS, "a connection may be in 2 channels")),
                guest.hears());
        guest.leave("one");
        guest.join("three");
        assertEquals(List.of(Guest.left("one"), Guest.joined("three", guest.member())), guest.hears());
    }

    @Test
    void aChannelMayHaveSoManyPeers() {
        SignalingHub hub = hub(
                RelayPolicy.everyoneToEveryone(),
                Limits.builder().channelsPerConnection(2).peersPerChannel(1).build());
        Guest first = Guest.of(hub).inRoom();
        Guest second = Guest.of(hub);

        second.join("room");
        assertEquals(
                List.of(Guest.failure(
                        ErrorCode.CHANNEL_FULL, "the channel has 1 peers, which is as many as it may have")),
                second.hears());
        assertEquals(List.of(), first.hears());
    }

    @Test
    void namesAndMetadataHaveTheirLengths() {
        Guest guest = Guest.of(hub(
                RelayPolicy.everyoneToEveryone(),
                Limits.builder().nameCharacters(5).metadataCharacters(10).build()));

        guest.join("12345");
        guest.join("123456");
        guest.connection()
                .receive(new ClientMessage.JoinChannel(
                        new ChannelName("meta"), Role.PEER, new Payload("{\"a\":123}  "), Optional.of("3")));

        assertEquals(
                List.of(
                        Guest.joined("12345", guest.member()),
                        Guest.failure(ErrorCode.INVALID_CHANNEL, "the channel's name has 6 characters, the limit is 5"),
                        new ServerMessage.Failure(
                                ErrorCode.INVALID_FIELD, "meta has 11 characters, the limit is 10", Optional.of("3"))),
                guest.hears());
        assertEquals(1, store.channels());
    }

    @Test
    void inOneToManyViewersAndStreamerHearEachOtherAlone() {
        SignalingHub hub = hub(RelayPolicy.oneToMany(), Limits.defaults());
        Guest streamer = Guest.of(hub).inRoom(Role.STREAMER);
        Guest viewer = Guest.of(hub).inRoom(Role.VIEWER);
        Guest other = Guest.of(hub).inRoom(Role.VIEWER);
        Guest rival = Guest.of(hub);
        List.of(streamer, viewer).forEach(Guest::hears);

        streamer.say("to all");
        viewer.say("to the streamer");
        viewer.say(streamer, "to the streamer by name");
        viewer.say(other, "to another viewer");
        rival.join(ROOM, Role.STREAMER);

        assertEquals(
                List.of(
                        Guest.signal("room", viewer, "to the streamer"),
                        Guest.signal("room", viewer, "to the streamer by name")),
                streamer.hears());
        assertEquals(List.of(Guest.signal("room", streamer, "to all")), other.hears());
        assertEquals(
                List.of(
                        Guest.signal("room", streamer, "to all"),
                        Guest.failure(ErrorCode.NOT_ALLOWED, "this peer may not signal that one")),
                viewer.hears());
        assertEquals(
                List.of(Guest.failure(ErrorCode.ROLE_TAKEN, "another peer is the channel's streamer")), rival.hears());

        streamer.leave("room");
        rival.join(ROOM, Role.STREAMER);
        assertEquals(
                List.of(Guest.joined(
                        "room", rival.member(Role.STREAMER), viewer.member(Role.VIEWER), other.member(Role.VIEWER))),
                rival.hears());
    }

    @Test
    void whoIsReplacedAsTheStreamerIsToldAndMayComeBack() {
        SignalingHub hub = hub(RelayPolicy.oneToManyWithTakeover(), Limits.defaults());
        Guest first = Guest.of(hub).inRoom(Role.STREAMER);
        Guest viewer = Guest.of(hub).inRoom(Role.VIEWER);
        Guest second = Guest.of(hub);
        first.hears();

        second.join(ROOM, Role.STREAMER);
        first.say("still here?");
        first.leave("room");

        assertEquals(
                List.of(Guest.joined("room", second.member(Role.STREAMER), viewer.member(Role.VIEWER))),
                second.hears());
        assertEquals(
                List.of(
                        Guest.peerLeft("room", first, LeaveReason.REPLACED),
                        Guest.peerJoined("room", second.member(Role.STREAMER))),
                viewer.hears());
        assertEquals(
                List.of(
                        new ServerMessage.LeftChannel(ROOM, LeaveReason.REPLACED, Optional.empty()),
                        Guest.failure(ErrorCode.NOT_JOINED, "join a channel first"),
                        Guest.failure(ErrorCode.NOT_JOINED, "this connection is not in that channel")),
                first.hears());
        assertEquals(
                List.of(new RecordingListener.Left(ROOM, first.id(), LeaveReason.REPLACED)),
                listener.news(RecordingListener.Left.class));

        first.join(ROOM, Role.STREAMER);
        assertEquals(
                List.of(Guest.joined("room", first.member(Role.STREAMER), viewer.member(Role.VIEWER))), first.hears());
    }

    @Test
    void aPolicySeesWhatIsShownToBeLetIn() {
        SignalingHub hub = hub(
                new RelayPolicy() {
                    @Override
                    public Admission admit(
                            ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
                        return token.equals(Optional.of("open sesame")) ? Admission.granted() : Admission.refused("no");
                    }

                    @Override
                    public Audience audience(ChannelName channel, Member sender, Identity identity) {
                        return Audience.everyone();
                    }
                },
                Limits.defaults());
        Guest guest = Guest.of(hub);
        guest.join("room");
        guest.connection()
                .receive(new ClientMessage.JoinChannel(
                        ROOM, Role.PEER, Payload.EMPTY_OBJECT, Optional.of("open sesame"), Optional.empty()));
        assertEquals(
                List.of(Guest.failure(ErrorCode.NOT_ALLOWED, "no"), Guest.joined("room", guest.member())),
                guest.hears());
    }

    @Test
    void aPolicyKnowsWhoThePeerIsAndNobodyElseHears() {
        SignalingHub hub = hub(
                new RelayPolicy() {
                    @Override
                    public Admission admit(
                            ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
                        return identity.name().isPresent() ? Admission.granted() : Admission.refused("log in");
                    }

                    @Override
                    public Audience audience(ChannelName channel, Member sender, Identity identity) {
                        return identity.attributes().containsKey("muted") ? Audience.nobody() : Audience.everyone();
                    }
                },
                Limits.defaults());
        Guest ann = Guest.of(hub, Identity.of("ann")).inRoom();
        Guest bob = Guest.of(hub, new Identity(Optional.of("bob"), Map.of("muted", "")))
                .inRoom();
        Guest nobody = Guest.of(hub);
        nobody.join("room");
        assertEquals(List.of(Guest.failure(ErrorCode.NOT_ALLOWED, "log in")), nobody.hears());
        assertEquals(List.of(Guest.peerJoined("room", bob.member())), ann.hears());
        bob.hears();
        ann.say("hello");
        bob.say("hush");
        assertEquals(
                List.of(
                        Guest.signal("room", ann, "hello"),
                        Guest.failure(ErrorCode.NOT_ALLOWED, "this peer may not signal in that channel")),
                bob.hears());
        assertEquals(List.of(), ann.hears());
    }

    @Test
    void aTextThatIsNoMessageIsAnsweredAndTheConnectionLives() {
        SignalingHub hub = hub();
        Guest guest = Guest.of(hub).inRoom();
        Guest witness = Guest.of(hub).inRoom();
        guest.hears();

        guest.connection().refuse(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.of("1"), 8);
        guest.say("but this is");

        assertEquals(
                List.of(new ServerMessage.Failure(ErrorCode.MALFORMED_MESSAGE, "not JSON", Optional.of("1"))),
                guest.hears());
        assertEquals(List.of(Guest.signal("room", guest, "but this is")), witness.hears());
    }

    @Test
    void aPeerCannotSpeakInAnothersName() {
        SignalingHub hub = hub();
        Guest ann = Guest.of(hub).inRoom();
        Guest bob = Guest.of(hub).inRoom();
        String forged = "{\"from\":\"" + bob.id() + "\"}";

        bob.connection()
                .receive(new ClientMessage.Signal(
                        Optional.empty(), Optional.empty(), new Payload(forged), Optional.empty()));

        ServerMessage.Signal heard = (ServerMessage.Signal) ann.hears().get(1);
        assertEquals(new ServerMessage.Signal(ROOM, bob.id(), new Payload(forged)), heard);
    }
}
