package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.ChannelStore.Entry;
import dev.signaling.spi.ChannelStore.Publication;
import dev.signaling.spi.ChannelStore.Seating;
import dev.signaling.spi.Rivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The rules of {@link ChannelStore}, each test named after the number of its rule. A test class that implements this and
 * gives it a store has all of them:
 *
 * <pre>{@code
 * final class MyStoreTest implements ChannelStoreContract {
 *     public ChannelStore newStore() {
 *         return new MyStore();
 *     }
 * }
 * }</pre>
 *
 * <p>Stores may answer later, and events may come before or after the answer. Every channel and most peers have names
 * of their own, so that a store may outlive a test; one that has to be closed is best closed in an {@code @AfterEach}
 * method of the class. Rule 5 is for stores that can fail: {@link ChannelStoreOutageContract} has it and all of these.
 */
public interface ChannelStoreContract {

    /** Makes the store to be tested; called once in each test. */
    ChannelStore newStore();

    /** The longest wait for one answer or one event; ten seconds if not said otherwise. */
    default Duration patience() {
        return Waiting.PATIENCE;
    }

    /** How often two or more do something at once in each of the tests about that; 300 times if not said otherwise. */
    default int rounds() {
        return 300;
    }

    // ---- rule 1: joining is atomic

    @Test
    default void rule1TheFirstEventIsTheRosterInJoinOrder() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member first = new Member(new PeerId("zoe"), Role.STREAMER, new Payload("{\"name\":\"Zoë\"}"));
        Member second = new Member(new PeerId("ann"));
        Member third = new Member(new PeerId("mel"));

        RecordingSubscriber firstHears = channel.join(first);
        RecordingSubscriber secondHears = channel.join(second);
        RecordingSubscriber thirdHears = channel.join(third);

        assertEquals(List.of(channel.joined(third, first, second)), channel.heardBy(thirdHears));
        assertEquals(List.of(channel.joined(second, first), channel.peerJoined(third)), channel.heardBy(secondHears));
        assertEquals(
                List.of(channel.joined(first), channel.peerJoined(second), channel.peerJoined(third)),
                channel.heardBy(firstHears));
    }

    @Test
    default void rule1TheRosterIsWithoutThoseWhoLeft() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        List<Member> members = peers(4);
        members.subList(0, 3).forEach(channel::join);
        channel.leave(members.get(1));

        RecordingSubscriber last = channel.join(members.get(3));

        assertEquals(List.of(channel.joined(members.get(3), members.get(0), members.get(2))), channel.heardBy(last));
    }

    @Test
    default void rule1NothingEarlierIsHeardAndEverythingLater() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member speaker = new Member(new PeerId("speaker"));
        Member listener = new Member(new PeerId("listener"));
        channel.join(speaker);
        channel.say(speaker, "before");

        RecordingSubscriber hears = channel.join(listener);
        channel.say(speaker, "after");
        channel.say(speaker, "at last");

        assertEquals(
                List.of(
                        channel.joined(listener, speaker),
                        channel.signal(speaker, "after"),
                        channel.signal(speaker, "at last")),
                channel.heardBy(hears));
    }

    @Test
    default void rule1JoiningTwiceChangesNothing() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member member = new Member(new PeerId("member"));
        Member other = new Member(new PeerId("other"));
        RecordingSubscriber memberHears = channel.join(member);
        RecordingSubscriber otherHears = channel.join(other);
        RecordingSubscriber again = new RecordingSubscriber();

        assertEquals(Entry.ALREADY_JOINED, channel.join(member, ChannelUnderTest.ROOMY, again));
        channel.say(other, "still there?");

        assertEquals(
                List.of(channel.joined(member), channel.peerJoined(other), channel.signal(other, "still there?")),
                channel.heardBy(memberHears));
        assertEquals(List.of(channel.joined(other, member)), channel.heardBy(otherHears));
        assertEquals(List.of(), again.events());
    }

    @Test
    default void rule1OfTwoThatJoinAtOnceExactlyOneFindsTheOther() {
        ChannelStore store = newStore();
        Member ann = new Member(new PeerId("ann"));
        Member bob = new Member(new PeerId("bob"));
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                ChannelUnderTest channel = new ChannelUnderTest(store, patience());
                List<RecordingSubscriber> both =
                        crowd.atOnce(List.of(() -> channel.join(ann), () -> channel.join(bob)));
                List<ServerMessage> annHeard = channel.heardBy(both.get(0));
                List<ServerMessage> bobHeard = channel.heardBy(both.get(1));

                if (annHeard.equals(List.of(channel.joined(ann)))) {
                    throw new AssertionError("ann did not hear of bob at all; bob heard " + bobHeard);
                }
                boolean annFirst = annHeard.equals(List.of(channel.joined(ann), channel.peerJoined(bob)));
                assertEquals(
                        annFirst
                                ? List.of(channel.joined(bob, ann))
                                : List.of(channel.joined(bob), channel.peerJoined(ann)),
                        bobHeard);
                assertTrue(annFirst || annHeard.equals(List.of(channel.joined(ann, bob))), annHeard::toString);
                channel.leave(ann);
                channel.leave(bob);
            }
        }
    }

    @Test
    default void rule1NothingIsLostOrDoubledAroundAJoin() {
        ChannelStore store = newStore();
        Member witness = new Member(new PeerId("witness"));
        Member speaker = new Member(new PeerId("speaker"));
        Member leaver = new Member(new PeerId("leaver"));
        Member newcomer = new Member(new PeerId("newcomer"));
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                ChannelUnderTest channel = new ChannelUnderTest(store, patience());
                RecordingSubscriber all = channel.join(witness);
                channel.join(speaker);
                channel.join(leaver);
                RecordingSubscriber hears = new RecordingSubscriber();
                crowd.atOnce(List.<Callable<Object>>of(
                        () -> channel.join(newcomer, ChannelUnderTest.ROOMY, hears),
                        () -> channel.leave(leaver),
                        () -> IntStream.range(0, 8)
                                .mapToObj(i -> channel.say(speaker, "word " + i))
                                .toList()));

                ChannelHistory history = new ChannelHistory(channel.name(), witness, channel.heardBy(all));
                assertEquals(history.expectedBy(newcomer.peer()), channel.heardBy(hears));
                List.of(witness, speaker, newcomer).forEach(channel::leave);
            }
        }
    }

    // ---- rule 2: one order for all

    @Test
    default void rule2LeavingIsTheLastThatIsHeard() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member stays = new Member(new PeerId("stays"));
        Member goes = new Member(new PeerId("goes"));
        RecordingSubscriber staysHears = channel.join(stays);
        RecordingSubscriber goesHears = channel.join(goes);

        assertTrue(channel.leave(goes, LeaveReason.TIMED_OUT));
        channel.say(stays, "too late");

        assertEquals(
                List.of(
                        channel.joined(stays),
                        channel.peerJoined(goes),
                        new ServerMessage.PeerLeft(channel.name(), goes.peer(), LeaveReason.TIMED_OUT)),
                channel.heardBy(staysHears));
        assertEquals(List.of(channel.joined(goes, stays), channel.left()), channel.heardToTheEndBy(goesHears));
    }

    @Test
    default void rule2SignalsKeepTheirOrderAndNeverComeBackToTheirSender() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        List<Member> members = peers(3);
        List<RecordingSubscriber> hear = members.stream().map(channel::join).toList();
        List<ServerMessage> said = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            assertEquals(Publication.PUBLISHED, channel.say(members.get(0), "word " + i));
            said.add(channel.signal(members.get(0), "word " + i));
        }

        assertEquals(
                List.of(
                        channel.joined(members.get(0)),
                        channel.peerJoined(members.get(1)),
                        channel.peerJoined(members.get(2))),
                channel.heardBy(hear.get(0)));
        said.add(0, channel.joined(members.get(2), members.get(0), members.get(1)));
        assertEquals(said, channel.heardBy(hear.get(2)));
        said.set(0, channel.joined(members.get(1), members.get(0)));
        said.add(1, channel.peerJoined(members.get(2)));
        assertEquals(said, channel.heardBy(hear.get(1)));
    }

    @Test
    default void rule2ASignalReachesItsAudienceAlone() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member streamer = new Member(new PeerId("streamer"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member viewer = new Member(new PeerId("viewer"), Role.VIEWER, Payload.EMPTY_OBJECT);
        Member other = new Member(new PeerId("other"), Role.VIEWER, Payload.EMPTY_OBJECT);
        RecordingSubscriber streamerHears = channel.join(streamer);
        RecordingSubscriber viewerHears = channel.join(viewer);
        RecordingSubscriber otherHears = channel.join(other);

        channel.say(viewer, Optional.empty(), Audience.only(Role.STREAMER), "for the streamer");
        channel.say(streamer, viewer, "for the viewer");

        assertEquals(
                List.of(
                        channel.joined(streamer),
                        channel.peerJoined(viewer),
                        channel.peerJoined(other),
                        channel.signal(viewer, "for the streamer")),
                channel.heardBy(streamerHears));
        assertEquals(
                List.of(
                        channel.joined(viewer, streamer),
                        channel.peerJoined(other),
                        channel.signal(streamer, "for the viewer")),
                channel.heardBy(viewerHears));
        assertEquals(List.of(channel.joined(other, streamer, viewer)), channel.heardBy(otherHears));
    }

    @Test
    default void rule2ChannelsDoNotHearEachOther() {
        ChannelStore store = newStore();
        ChannelUnderTest here = new ChannelUnderTest(store, patience());
        ChannelUnderTest there = new ChannelUnderTest(store, patience());
        Member member = new Member(new PeerId("member"));
        Member speaker = new Member(new PeerId("speaker"));
        RecordingSubscriber hearsHere = here.join(member);
        RecordingSubscriber hearsThere = there.join(member);
        here.join(speaker);
        there.join(speaker);

        there.say(speaker, "there");
        here.leave(speaker);
        there.say(speaker, "still there");

        assertEquals(
                List.of(here.joined(member), here.peerJoined(speaker), here.peerLeft(speaker)),
                here.heardBy(hearsHere));
        assertEquals(
                List.of(
                        there.joined(member),
                        there.peerJoined(speaker),
                        there.signal(speaker, "there"),
                        there.signal(speaker, "still there")),
                there.heardBy(hearsThere));
    }

    @Test
    default void rule2WhoeverComesBackHearsTheEndOfTheFirstStayBeforeTheSecond() {
        ChannelStore store = newStore();
        ChannelUnderTest channel = new ChannelUnderTest(store, patience());
        Member returner = new Member(new PeerId("returner"));
        Member other = new Member(new PeerId("other"));
        List<ServerMessage> heard = Collections.synchronizedList(new ArrayList<>());
        RecordingSubscriber second = new RecordingSubscriber(heard::add);
        CompletableFuture<Entry> back = new CompletableFuture<>();
        // out and in again in the middle of an event: what it causes comes after it
        RecordingSubscriber first = new RecordingSubscriber(event -> {
            heard.add(event);
            if (event.equals(channel.peerLeft(other))) {
                CompletionStage<Entry> entry = store.leave(channel.name(), returner.peer(), LeaveReason.LEFT)
                        .thenCompose(left -> store.join(channel.name(), returner, ChannelUnderTest.ROOMY, second));
                var unused = entry.thenAccept(back::complete);
            }
        });
        channel.join(returner, ChannelUnderTest.ROOMY, first);
        channel.join(other);

        channel.leave(other);
        assertEquals(Entry.JOINED, Waiting.outcome(back, patience()));
        channel.heardToTheEndBy(first);
        channel.heardBy(second);

        assertEquals(
                List.of(
                        channel.joined(returner),
                        channel.peerJoined(other),
                        channel.peerLeft(other),
                        channel.left(),
                        channel.joined(returner)),
                List.copyOf(heard).subList(0, 5));
    }

    @Test
    default void rule2EverybodyHearsOneHistoryOfJoinsSignalsAndLeavesAtOnce() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member witness = new Member(new PeerId("witness"));
        RecordingSubscriber all = channel.join(witness);

        List<Stay> stays = Stay.manyAtOnce(channel, 8, rounds() / 2, ChannelUnderTest.ROOMY, patience());

        ChannelHistory history = new ChannelHistory(channel.name(), witness, channel.heardBy(all));
        for (Stay stay : stays) {
            assertEquals(
                    history.expectedBy(stay.member().peer()), channel.heardToTheEndBy(stay.hears()), stay::toString);
            assertEquals(stay.heardByOthers(channel), Stay.of(stay.member(), all.events()), stay::toString);
        }
    }

    // ---- rule 3: no signal is dropped in silence

    @Test
    default void rule3ASignalToSomebodyWhoIsNotThereIsAnswered() {
        ChannelStore store = newStore();
        ChannelUnderTest channel = new ChannelUnderTest(store, patience());
        ChannelUnderTest elsewhere = new ChannelUnderTest(store, patience());
        Member sender = new Member(new PeerId("sender"));
        Member never = new Member(new PeerId("never there"));
        Member left = new Member(new PeerId("left"));
        RecordingSubscriber hears = channel.join(sender);
        channel.join(left);
        channel.leave(left);
        elsewhere.join(never);

        assertEquals(Publication.PEER_NOT_FOUND, channel.say(sender, never, "hello"));
        assertEquals(Publication.PEER_NOT_FOUND, channel.say(sender, left, "hello"));
        assertEquals(Publication.PEER_NOT_FOUND, channel.say(sender, sender, "hello"), "to oneself");

        assertEquals(
                List.of(channel.joined(sender), channel.peerJoined(left), channel.peerLeft(left)),
                channel.heardBy(hears));
    }

    @Test
    default void rule3ASignalFromOutsideIsAnswered() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member member = new Member(new PeerId("member"));
        Member stranger = new Member(new PeerId("stranger"));

        assertEquals(Publication.NOT_JOINED, channel.say(stranger, "to a channel that is not there"));
        RecordingSubscriber hears = channel.join(member);
        assertEquals(Publication.NOT_JOINED, channel.say(stranger, "to all"));
        assertEquals(Publication.NOT_JOINED, channel.say(stranger, member, "to one"));
        channel.join(stranger);
        channel.leave(stranger);
        assertEquals(Publication.NOT_JOINED, channel.say(stranger, "after leaving"));

        assertEquals(
                List.of(channel.joined(member), channel.peerJoined(stranger), channel.peerLeft(stranger)),
                channel.heardBy(hears));
    }

    @Test
    default void rule3ASignalToSomebodyOutsideTheAudienceIsAnswered() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member viewer = new Member(new PeerId("viewer"), Role.VIEWER, Payload.EMPTY_OBJECT);
        Member other = new Member(new PeerId("other"), Role.VIEWER, Payload.EMPTY_OBJECT);
        channel.join(viewer);
        RecordingSubscriber hears = channel.join(other);

        assertEquals(
                Publication.NOT_IN_AUDIENCE,
                channel.say(viewer, Optional.of(other.peer()), Audience.only(Role.STREAMER), "psst"));
        assertEquals(
                Publication.PUBLISHED,
                channel.say(viewer, Optional.empty(), Audience.only(Role.STREAMER), "anybody there?"));

        assertEquals(List.of(channel.joined(other, viewer)), channel.heardBy(hears));
    }

    @Test
    default void rule3ASignalToSomebodyWhoIsLeavingArrivesOrIsAnswered() {
        ChannelStore store = newStore();
        Member sender = new Member(new PeerId("sender"));
        Member leaver = new Member(new PeerId("leaver"));
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                ChannelUnderTest channel = new ChannelUnderTest(store, patience());
                channel.join(sender);
                RecordingSubscriber hears = channel.join(leaver);
                Object outcome = crowd.atOnce(List.<Callable<Object>>of(
                                () -> channel.say(sender, leaver, "wait"), () -> channel.leave(leaver)))
                        .get(0);

                List<ServerMessage> expected = new ArrayList<>(List.of(channel.joined(leaver, sender), channel.left()));
                if (outcome == Publication.PUBLISHED) {
                    expected.add(1, channel.signal(sender, "wait"));
                } else {
                    assertEquals(Publication.PEER_NOT_FOUND, outcome);
                }
                assertEquals(expected, channel.heardToTheEndBy(hears));
                channel.leave(sender);
            }
        }
    }

    // ---- rule 4: capacity, roles, and nothing that stays

    @Test
    default void rule4AChannelHoldsExactlyItsCapacity() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Seating three = new Seating(3, Rivals.SHARE_THE_ROLE);
        List<Member> members = peers(4);
        List<RecordingSubscriber> hear = new ArrayList<>();
        for (Member member : members.subList(0, 3)) {
            RecordingSubscriber subscriber = new RecordingSubscriber();
            hear.add(subscriber);
            assertEquals(Entry.JOINED, channel.join(member, three, subscriber));
        }
        RecordingSubscriber outside = new RecordingSubscriber();

        assertEquals(Entry.CHANNEL_FULL, channel.join(members.get(3), three, outside));
        assertEquals(
                List.of(channel.joined(members.get(2), members.get(0), members.get(1))), channel.heardBy(hear.get(2)));
        assertEquals(List.of(), channel.overheardBy(outside));
        assertFalse(channel.leave(members.get(3)), "a refused peer is no member");

        channel.leave(members.get(0));
        assertEquals(Entry.JOINED, channel.join(members.get(3), three, new RecordingSubscriber()));
    }

    @Test
    default void rule4ARoleIsHeldOnceWhereOnlyOneMayHoldIt() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Seating alone = new Seating(10, Rivals.KEEP_THE_ROLE);
        Member streamer = new Member(new PeerId("streamer"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member rival = new Member(new PeerId("rival"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member viewer = new Member(new PeerId("viewer"), Role.VIEWER, Payload.EMPTY_OBJECT);
        RecordingSubscriber viewerHears = channel.join(viewer);
        RecordingSubscriber outside = new RecordingSubscriber();

        assertEquals(Entry.JOINED, channel.join(streamer, alone, new RecordingSubscriber()));
        assertEquals(Entry.ROLE_TAKEN, channel.join(rival, alone, outside));
        channel.leave(streamer);
        assertEquals(List.of(), channel.overheardBy(outside));
        assertEquals(Entry.JOINED, channel.join(rival, alone, new RecordingSubscriber()));

        assertEquals(
                List.of(
                        channel.joined(viewer),
                        channel.peerJoined(streamer),
                        channel.peerLeft(streamer),
                        channel.peerJoined(rival)),
                channel.heardBy(viewerHears));
    }

    @Test
    default void rule4WhoTakesARoleOverIsThereInsteadOfTheOther() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Seating instead = new Seating(10, Rivals.GIVE_WAY);
        Member viewer = new Member(new PeerId("viewer"), Role.VIEWER, Payload.EMPTY_OBJECT);
        Member first = new Member(new PeerId("first"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member second = new Member(new PeerId("second"), Role.STREAMER, Payload.EMPTY_OBJECT);
        RecordingSubscriber firstHears = new RecordingSubscriber();
        RecordingSubscriber secondHears = new RecordingSubscriber();
        assertEquals(Entry.JOINED, channel.join(first, instead, firstHears));
        RecordingSubscriber viewerHears = channel.join(viewer);

        assertEquals(Entry.JOINED, channel.join(second, instead, secondHears));

        assertEquals(List.of(channel.joined(second, viewer)), channel.heardBy(secondHears));
        assertEquals(
                List.of(
                        channel.joined(viewer, first),
                        channel.peerLeft(first, LeaveReason.REPLACED),
                        channel.peerJoined(second)),
                channel.heardBy(viewerHears));
        assertEquals(
                List.of(channel.joined(first), channel.peerJoined(viewer), channel.left(LeaveReason.REPLACED)),
                channel.heardToTheEndBy(firstHears, LeaveReason.REPLACED));
        assertEquals(Publication.NOT_JOINED, channel.say(first, "I am still here"));
        assertFalse(channel.leave(first), "it is no member any more");
        assertEquals(Entry.ALREADY_JOINED, channel.join(second, instead, new RecordingSubscriber()));
        assertEquals(Entry.JOINED, channel.join(first, instead, new RecordingSubscriber()), "and back again");
    }

    @Test
    default void rule4WhoTakesARoleOverNeedsNoSeatMore() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member streamer = new Member(new PeerId("streamer"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member rival = new Member(new PeerId("rival"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member viewer = new Member(new PeerId("viewer"), Role.VIEWER, Payload.EMPTY_OBJECT);
        Member second = new Member(new PeerId("second"), Role.VIEWER, Payload.EMPTY_OBJECT);
        channel.join(streamer);
        channel.join(viewer);
        RecordingSubscriber outside = new RecordingSubscriber();

        assertEquals(Entry.CHANNEL_FULL, channel.join(second, new Seating(2, Rivals.SHARE_THE_ROLE), outside));
        assertEquals(Entry.JOINED, channel.join(rival, new Seating(2, Rivals.GIVE_WAY), new RecordingSubscriber()));

        assertEquals(Publication.PUBLISHED, channel.say(viewer, rival, "welcome"));
        assertEquals(Publication.PEER_NOT_FOUND, channel.say(viewer, streamer, "farewell"));
    }

    @Test
    default void rule4OfManyThatTakeARoleOverAtOnceOneIsThereAtATime() {
        ChannelStore store = newStore();
        List<Member> rivals = peers(4).stream()
                .map(member -> new Member(member.peer(), Role.STREAMER, Payload.EMPTY_OBJECT))
                .toList();
        Seating instead = new Seating(2, Rivals.GIVE_WAY);
        Member witness = new Member(new PeerId("witness"));
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                ChannelUnderTest channel = new ChannelUnderTest(store, patience());
                RecordingSubscriber all = channel.join(witness);
                List<RecordingSubscriber> hear = crowd.atOnce(rivals.stream()
                        .map(rival -> (Callable<RecordingSubscriber>) () -> {
                            RecordingSubscriber subscriber = new RecordingSubscriber();
                            assertEquals(Entry.JOINED, channel.join(rival, instead, subscriber));
                            return subscriber;
                        })
                        .toList());

                List<ServerMessage> heard = channel.heardBy(all);
                ChannelHistory history = new ChannelHistory(channel.name(), witness, heard);
                assertEquals(2, history.most(), heard::toString);
                assertEquals(1 + 4 + 3, heard.size(), heard::toString);
                ServerMessage.PeerJoined last = (ServerMessage.PeerJoined) heard.get(heard.size() - 1);
                for (int i = 0; i < rivals.size(); i++) {
                    boolean stays = rivals.get(i).equals(last.member());
                    assertEquals(
                            history.expectedBy(rivals.get(i).peer()),
                            stays
                                    ? channel.heardBy(hear.get(i))
                                    : channel.heardToTheEndBy(hear.get(i), LeaveReason.REPLACED));
                }
                channel.leave(last.member());
                channel.leave(witness);
            }
        }
    }

    @Test
    default void rule4OfManyThatJoinAtOnceAsManyAsThereIsRoomForAreAdmitted() {
        ChannelStore store = newStore();
        List<Member> members = peers(6);
        Seating two = new Seating(2, Rivals.SHARE_THE_ROLE);
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                ChannelUnderTest channel = new ChannelUnderTest(store, patience());
                List<Entry> entries = crowd.atOnce(members.stream()
                        .map(member -> (Callable<Entry>) () -> channel.join(member, two, new RecordingSubscriber()))
                        .toList());
                assertEquals(2, Collections.frequency(entries, Entry.JOINED), entries::toString);
                assertEquals(4, Collections.frequency(entries, Entry.CHANNEL_FULL), entries::toString);
                members.forEach(channel::leave);
            }
        }
    }

    @Test
    default void rule4OfManyThatWantARoleAtOnceOneGetsIt() {
        ChannelStore store = newStore();
        List<Member> rivals = peers(4).stream()
                .map(member -> new Member(member.peer(), Role.STREAMER, Payload.EMPTY_OBJECT))
                .toList();
        Seating alone = new Seating(10, Rivals.KEEP_THE_ROLE);
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                ChannelUnderTest channel = new ChannelUnderTest(store, patience());
                List<Entry> entries = crowd.atOnce(rivals.stream()
                        .map(rival -> (Callable<Entry>) () -> channel.join(rival, alone, new RecordingSubscriber()))
                        .toList());
                assertEquals(1, Collections.frequency(entries, Entry.JOINED), entries::toString);
                assertEquals(3, Collections.frequency(entries, Entry.ROLE_TAKEN), entries::toString);
                rivals.forEach(channel::leave);
            }
        }
    }

    @Test
    default void rule4CapacityHoldsWhilePeersComeAndGo() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member witness = new Member(new PeerId("witness"));
        RecordingSubscriber all = channel.join(witness);

        Stay.manyAtOnce(channel, 6, rounds() / 2, new Seating(4, Rivals.SHARE_THE_ROLE), patience());

        int most = new ChannelHistory(channel.name(), witness, channel.heardBy(all)).most();
        assertTrue(most <= 4, () -> "there were " + most + " members at a time");
        assertTrue(most > 1, "nobody got in");
    }

    @Test
    default void rule4NothingStaysOfAChannelThatEverybodyHasLeft() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Seating alone = new Seating(1, Rivals.KEEP_THE_ROLE);
        Member first = new Member(new PeerId("first"), Role.STREAMER, Payload.EMPTY_OBJECT);
        Member second = new Member(new PeerId("second"), Role.STREAMER, Payload.EMPTY_OBJECT);
        RecordingSubscriber firstHears = new RecordingSubscriber();
        RecordingSubscriber secondHears = new RecordingSubscriber();

        assertFalse(channel.leave(first), "a channel that never was");
        channel.join(first, alone, firstHears);
        assertTrue(channel.leave(first));
        assertFalse(channel.leave(first), "left twice");
        assertEquals(Publication.NOT_JOINED, channel.say(first, "anybody?"));
        assertEquals(Entry.JOINED, channel.join(second, alone, secondHears));

        assertEquals(List.of(channel.joined(second)), channel.heardBy(secondHears));
        assertEquals(List.of(channel.joined(first), channel.left()), channel.heardToTheEndBy(firstHears));
    }

    @Test
    default void rule4WhoJoinsWhileTheLastOneLeavesIsReallyThere() {
        ChannelStore store = newStore();
        ChannelUnderTest channel = new ChannelUnderTest(store, patience());
        List<Member> members = peers(3);
        Member leaver = members.get(0);
        Member joiner = members.get(1);
        Member later = members.get(2);
        try (Crowd crowd = new Crowd(patience())) {
            for (int round = 0; round < rounds(); round++) {
                RecordingSubscriber leaverHears = channel.join(leaver);
                RecordingSubscriber joinerHears = new RecordingSubscriber();
                crowd.atOnce(List.<Callable<Object>>of(
                        () -> channel.leave(leaver), () -> channel.join(joiner, ChannelUnderTest.ROOMY, joinerHears)));
                RecordingSubscriber laterHears = channel.join(later);

                assertEquals(List.of(channel.joined(later, joiner)), channel.heardBy(laterHears));
                boolean met = leaverHears.events().contains(channel.peerJoined(joiner));
                assertEquals(
                        met
                                ? List.of(
                                        channel.joined(joiner, leaver),
                                        channel.peerLeft(leaver),
                                        channel.peerJoined(later))
                                : List.of(channel.joined(joiner), channel.peerJoined(later)),
                        channel.heardBy(joinerHears));
                channel.heardToTheEndBy(leaverHears);
                assertTrue(channel.leave(joiner));
                assertTrue(channel.leave(later));
            }
        }
    }

    // ---- threads

    @Test
    default void threadsASubscriberIsNeverCalledByTwoAtOnce() {
        ChannelUnderTest channel = new ChannelUnderTest(newStore(), patience());
        Member listener = new Member(new PeerId("listener"));
        RecordingSubscriber hears = RecordingSubscriber.lingering(20);
        assertEquals(Entry.JOINED, channel.join(listener, ChannelUnderTest.ROOMY, hears));

        List<Stay> stays = Stay.manyAtOnce(channel, 4, rounds() / 2, ChannelUnderTest.ROOMY, patience());

        channel.heardBy(hears);
        assertFalse(hears.overlapped());
        assertFalse(stays.stream().anyMatch(stay -> stay.hears().overlapped()));
    }

    @Test
    default void threadsASubscriberMayCallTheStore() {
        ChannelStore store = newStore();
        ChannelUnderTest channel = new ChannelUnderTest(store, patience());
        List<Member> members = peers(3);
        Member greeter = members.get(0);
        Member guest = members.get(2);
        RecordingSubscriber greeterHears = new RecordingSubscriber(event -> {
            if (event.equals(channel.peerJoined(guest))) {
                var unused = store.publish(
                                channel.signal(greeter, "welcome"), Optional.of(guest.peer()), Audience.everyone())
                        .thenCompose(said -> store.publish(
                                channel.signal(greeter, "we have a guest"), Optional.empty(), Audience.everyone()))
                        .thenCompose(said -> store.leave(channel.name(), greeter.peer(), LeaveReason.LEFT));
            }
        });
        channel.join(greeter, ChannelUnderTest.ROOMY, greeterHears);
        RecordingSubscriber otherHears = channel.join(members.get(1));
        RecordingSubscriber guestHears = channel.join(guest);

        assertEquals(
                List.of(
                        channel.joined(greeter),
                        channel.peerJoined(members.get(1)),
                        channel.peerJoined(guest),
                        channel.left()),
                channel.heardToTheEndBy(greeterHears));
        assertEquals(
                List.of(
                        channel.joined(members.get(1), greeter),
                        channel.peerJoined(guest),
                        channel.signal(greeter, "we have a guest"),
                        channel.peerLeft(greeter)),
                channel.heardBy(otherHears));
        assertEquals(
                List.of(
                        channel.joined(guest, greeter, members.get(1)),
                        channel.signal(greeter, "welcome"),
                        channel.signal(greeter, "we have a guest"),
                        channel.peerLeft(greeter)),
                channel.heardBy(guestHears));
    }

    private static List<Member> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member(new PeerId("peer-" + i)))
                .toList();
    }
}
