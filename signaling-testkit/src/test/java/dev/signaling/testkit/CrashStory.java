package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.ChannelStore;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.Rivals;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A story in which every method of everything that is plugged in is called, and that is told to its end whatever of that
 * fails: what was said is heard or answered with an error, nobody is seen who is not there, and at the end nothing is left.
 */
final class CrashStory {

    /** When the store acts and answers. */
    enum Pace {
        AT_ONCE,
        ACTS_LATER,
        ANSWERS_LATER
    }

    private static final ChannelName ROOM = new ChannelName("room");
    private static final ChannelName ANNEX = new ChannelName("annex");
    private static final Optional<PeerId> ALL = Optional.empty();

    private final Sabotage sabotage;
    private final ManualClock clock = new ManualClock();
    private final ManualExecutor executor = new ManualExecutor();
    private final InMemoryChannelStore channels = new InMemoryChannelStore();
    private final RecordingListener listener = new RecordingListener();
    private final List<Actor> actors = new ArrayList<>();
    private final Set<Actor> stuck = new HashSet<>(); // whom the store does not answer any more
    private final SignalingHub hub;

    CrashStory(Sabotage sabotage, Pace pace) {
        this.sabotage = sabotage;
        ChannelStore store = sabotage.around((ChannelStore) channels);
        AtomicInteger ids = new AtomicInteger();
        hub = SignalingHub.builder()
                .store(
                        switch (pace) {
                            case AT_ONCE -> store;
                            case ACTS_LATER -> DelayedChannelStore.acting(store, executor);
                            case ANSWERS_LATER -> sabotage.around(DelayedChannelStore.answering(channels, executor));
                        })
                .policy(sabotage.around(new LastStreamerStays()))
                .listener(sabotage.around(listener))
                .clock(sabotage.around(clock))
                .peerIds(sabotage.around(() -> new PeerId("peer-" + ids.incrementAndGet())))
                .iceServers(sabotage.around(new Relays()))
                .build();
    }

    private Actor enter(String name, Terms terms) {
        return enter(name, terms, Identity.anonymous());
    }

    private Actor enter(String name, Terms terms, Identity identity) {
        Actor actor = new Actor(name, hub, sabotage, terms, identity);
        actors.add(actor);
        return actor;
    }

    private Actor enter(String name, Terms terms, ChannelName channel) {
        Actor actor = enter(name, terms);
        act(actor, () -> actor.join(channel, Role.PEER));
        return actor;
    }

    private void act(Actor actor, Runnable action) {
        boolean wasSilent = sabotage.leavesTheStoreSilent();
        action.run();
        executor.runAll();
        if (!wasSilent && sabotage.leavesTheStoreSilent()) {
            stuck.add(actor);
        }
    }

    /** What somebody says reaches all who are there, or an error reaches the one that said it. */
    private void say(Actor speaker, ChannelName channel, Optional<PeerId> to) {
        if (!speaker.isConnected()) {
            return;
        }
        List<Actor> present = actors.stream()
                .filter(actor -> actor != speaker && actor.isConnected() && actor.isIn(channel))
                .filter(actor -> to.isEmpty() || to.get().equals(actor.id()))
                .toList();
        long failures = speaker.failures();
        String[] words = new String[1];
        act(speaker, () -> words[0] = speaker.say(channel, to));
        if (speaker.failures() > failures || !speaker.isConnected() || stuck.contains(speaker)) {
            return;
        }
        for (Actor actor : present) {
            boolean wasToHear = actor.isConnected() && actor.isIn(channel);
            assertTrue(
                    !wasToHear || actor.words().contains(words[0]),
                    () -> actor + " did not hear " + words[0] + " but " + actor.heard());
        }
    }

    void beTold() {
        Actor ann = enter("ann", Terms.MANY_CHANNELS, ROOM);
        Actor bob = enter("bob", Terms.MANY_CHANNELS, ROOM);
        say(ann, ROOM, ALL);
        Actor cid = enter("cid", Terms.ONE_CHANNEL, ROOM);
        say(bob, ROOM, ALL);
        say(cid, ROOM, ALL);
        act(cid, () -> cid.join(ANNEX, Role.PEER));
        say(bob, ROOM, ALL);
        comeAndGo(ann);
        if (bob.isConnected()) {
            say(ann, ROOM, Optional.of(bob.id()));
        }
        act(bob, () -> bob.join(ROOM, Role.PEER));
        takeOver(bob);
        beLate();
        say(ann, ROOM, ALL);
        say(bob, ROOM, ALL);
    }

    /** One is lost and comes back, one does not read, one goes. */
    private void comeAndGo(Actor ann) {
        Actor dan = enter("dan", Terms.RESUMABLE, ROOM);
        act(dan, dan::ping);
        act(dan, dan::showANewToken);
        act(dan, () -> dan.disconnect(CloseStatus.LOST));
        say(ann, ROOM, ALL);
        act(dan, dan::comeBack);
        act(dan, dan::askForIceServers);
        say(dan, ROOM, ALL);
        Actor eve = enter("eve", Terms.MANY_CHANNELS, ROOM);
        eve.stopReading();
        say(ann, ROOM, ALL);
        Actor fay = enter("fay", Terms.MANY_CHANNELS, ROOM);
        act(fay, () -> fay.disconnect(CloseStatus.GONE));
    }

    /** One is removed by another that takes its role, which leaves and comes back. */
    private void takeOver(Actor bob) {
        Actor gus = enter("gus", Terms.MANY_CHANNELS);
        act(gus, () -> gus.join(ROOM, Role.STREAMER));
        Actor hal = enter("hal", Terms.MANY_CHANNELS);
        act(hal, () -> hal.join(ROOM, Role.STREAMER));
        say(bob, ROOM, ALL);
        act(hal, () -> hal.leave(ROOM));
        act(hal, () -> hal.join(ROOM, Role.STREAMER));
        say(hal, ROOM, ALL);
    }

    /** One never comes back, one never joins, and the token of one ends. */
    private void beLate() {
        Actor ida = enter("ida", Terms.RESUMABLE, ROOM);
        act(ida, () -> ida.disconnect(CloseStatus.LOST));
        Actor jim = enter("jim", Terms.MANY_CHANNELS);
        Actor kit = enter(
                "kit",
                Terms.MANY_CHANNELS,
                Identity.anonymous().withExpiry(clock.instant().plusSeconds(10)));
        // where it hears of none of the others: it is not said who ends first
        act(kit, () -> kit.join(ANNEX, Role.PEER));
        clock.advance(Duration.ofSeconds(31));
        act(jim, hub::expire);
    }

    /** Nothing fails any more: everybody is where it knows to be, newcomers are welcome, and everybody is heard. */
    void goOn() {
        act(actors.get(0), hub::expire);
        for (ChannelName channel : List.of(ROOM, ANNEX)) {
            Set<PeerId> sure = ids(actors.stream().filter(actor -> actor.isConnected() && actor.isIn(channel)));
            Actor guest = enter("guest of " + channel, Terms.MANY_CHANNELS, channel);
            assertTrue(guest.isIn(channel));
            if (!sabotage.leavesTheStoreSilent()) {
                Set<PeerId> seen = guest.roster(channel);
                assertTrue(seen.containsAll(sure), () -> "not all of " + sure + " are in " + seen);
                seen.removeAll(sure);
                seen.removeAll(ids(actors.stream()
                        .filter(actor -> !actor.isConnected() && actor.isIn(channel))
                        .filter(actor -> isAwaited(actor))));
                assertEquals(Set.of(), seen, "somebody is seen who is not there");
            }
            for (Actor actor : List.copyOf(actors)) {
                if (actor.isConnected() && actor.isIn(channel) && !stuck.contains(actor)) {
                    long failures = actor.failures();
                    say(actor, channel, ALL);
                    assertEquals(failures, actor.failures(), () -> actor + " is told " + actor.heard());
                }
            }
        }
    }

    private boolean isAwaited(Actor actor) {
        return hub.connections() > 0 && actor.toString().matches("dan|ida");
    }

    private static Set<PeerId> ids(java.util.stream.Stream<Actor> actors) {
        return actors.map(Actor::id).collect(Collectors.toSet());
    }

    /** All go, by themselves or with the server. */
    void end(boolean together) {
        if (together) {
            hub.goAway(Duration.ZERO);
        } else {
            actors.forEach(actor -> actor.disconnect(CloseStatus.LOST));
        }
        executor.runAll();
    }

    /** Nothing is left, and nobody heard anything twice or out of order. */
    void isOver() {
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(1));
            hub.expire();
            executor.runAll();
        }
        assertEquals(0, hub.connections(), "connections");
        if (!sabotage.leavesTheStoreSilent()) {
            assertEquals(0, channels.channels(), "channels");
            if (sabotage.struck().filter(place -> place.startsWith("listener.")).isEmpty()) {
                assertPaired();
            }
        }
        for (Actor actor : actors) {
            assertInOrder(actor);
            assertTrue(
                    actor.isClosed() || sabotage.mayLeaveOpen(actor.toString()),
                    () -> "the way out to " + actor + " is open");
        }
    }

    private static void assertInOrder(Actor actor) {
        Map<String, Integer> last = new TreeMap<>();
        for (String words : actor.words()) {
            int space = words.lastIndexOf(' ');
            int number = Integer.parseInt(words.substring(space + 1, words.length() - 1));
            Integer earlier = last.put(words.substring(0, space), number);
            assertTrue(earlier == null || earlier < number, () -> actor + " heard " + actor.words());
        }
    }

    /** The listener was told of the end of everything of whose beginning it was told, once. */
    private void assertPaired() {
        List<String> open = new ArrayList<>();
        for (RecordingListener.News news : listener.news()) {
            if (news instanceof RecordingListener.Connected connected) {
                open.add(connected.peer().value());
            } else if (news instanceof RecordingListener.Disconnected disconnected) {
                assertTrue(open.remove(disconnected.peer().value()), news::toString);
            } else if (news instanceof RecordingListener.Resumed resumed) {
                assertTrue(open.remove(resumed.fresh().value()), news::toString);
            } else if (news instanceof RecordingListener.Joined joined) {
                open.add(joined.member().peer() + " in " + joined.channel());
            } else if (news instanceof RecordingListener.Left left) {
                assertTrue(open.remove(left.peer() + " in " + left.channel()), news::toString);
            }
        }
        assertEquals(List.of(), open, "is not over for the listener");
    }

    /** Servers that hold for so short a time that they are told again before the story ends. */
    private static final class Relays implements IceServers {

        @Override
        public IceConfiguration serversFor(Identity identity, Optional<PeerId> peer) {
            return new IceConfiguration(
                    List.of(IceServer.turn("user", "credential", "turn:h")), Optional.of(Duration.ofSeconds(20)));
        }
    }

    /** Everybody hears everybody, and the last streamer takes the others' place. */
    private static final class LastStreamerStays implements RelayPolicy {

        @Override
        public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
            return candidate.role().equals(Role.STREAMER) ? Admission.granted(Rivals.GIVE_WAY) : Admission.granted();
        }

        @Override
        public Audience audience(ChannelName channel, Member sender, Identity identity) {
            return Audience.everyone();
        }
    }
}
