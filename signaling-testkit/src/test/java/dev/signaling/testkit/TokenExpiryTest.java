package dev.signaling.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.Renewal;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an identity allows, when it ends, and how it is renewed. */
final class TokenExpiryTest {

    private static final String ENDED = "the token has ended, another one is taken for 30 s";
    private static final String NOT_ALLOWED = "this peer may not join that channel in that role";

    private final ManualClock clock = new ManualClock();
    private final InMemoryChannelStore channels = new InMemoryChannelStore();
    private final RecordingListener listener = new RecordingListener();
    private final SignalingHub hub = SignalingHub.builder()
            .store(channels)
            .clock(clock)
            .listener(listener)
            .build();
    private final Guest witness = Guest.of(hub).inRoom();
    private Renewal renewal = Renewal.none();

    @AfterEach
    void nothingIsLeftWhenAllAreGone() {
        hub.goAway(Duration.ZERO);
        assertEquals(0, hub.connections());
        assertEquals(0, channels.channels());
    }

    private Identity annFor(int seconds) {
        return Identity.of("ann").withExpiry(clock.instant().plusSeconds(seconds));
    }

    private Guest connect(Terms terms, Identity identity) {
        RecordingOutbox outbox = new RecordingOutbox();
        Renewal current = (token, known) -> renewal.renew(token, known);
        Guest guest = new Guest(hub.connect(outbox, terms, identity, current).orElseThrow(), outbox);
        outbox.drain();
        return guest;
    }

    private void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        hub.expire();
    }

    private static void refresh(Guest guest) {
        guest.connection().receive(new ClientMessage.RefreshToken("new", Optional.of("r")));
    }

    private static ServerMessage refreshed() {
        return new ServerMessage.TokenRefreshed(Optional.of("r"));
    }

    private static ServerMessage notTaken() {
        return new ServerMessage.Failure(ErrorCode.NOT_ALLOWED, "the token is not taken", Optional.of("r"));
    }

    private static ServerMessage removed(String channel) {
        return new ServerMessage.LeftChannel(new ChannelName(channel), LeaveReason.REMOVED, Optional.empty());
    }

    @Test
    void isToldWhenItsTokenEndsAndClosedAfterTheGrace() {
        Guest ann = connect(Terms.RESUMABLE, annFor(60)).inRoom();
        witness.hears();
        pass(59);
        assertEquals(List.of(), ann.hears());
        pass(1);
        assertEquals(List.of(Guest.failure(ErrorCode.TOKEN_EXPIRED, ENDED)), ann.hears());
        assertEquals(
                List.of(new RecordingListener.Refused(ann.id(), ErrorCode.TOKEN_EXPIRED, ENDED)),
                listener.news(RecordingListener.Refused.class));
        pass(29);
        assertEquals(List.of(), ann.hears(), "it is told once");
        assertEquals(Optional.empty(), ann.outbox().closed());
        pass(1);
        assertEquals(Optional.of(CloseStatus.TOKEN_EXPIRED), ann.outbox().closed());
        assertEquals(List.of(Guest.peerLeft("room", ann, LeaveReason.REMOVED)), witness.hears());
        assertEquals(1, hub.connections());
    }

    @Test
    void endsAtOnceWhereThereAreNoWordsForAnotherToken() {
        Guest ann = connect(Terms.ONE_CHANNEL, annFor(60)).inRoom();
        pass(60);
        assertEquals(List.of(Guest.failure(ErrorCode.TOKEN_EXPIRED, "the token has ended")), ann.hears());
        assertEquals(Optional.of(CloseStatus.TOKEN_EXPIRED), ann.outbox().closed());
        assertEquals(1, listener.news(RecordingListener.Refused.class).size());
    }

    @Test
    void goesOnWithAnotherToken() {
        renewal = (token, current) -> Optional.of(annFor(60));
        Guest ann = connect(Terms.RESUMABLE, annFor(10)).inRoom();
        pass(10);
        ann.hears();
        refresh(ann);
        assertEquals(List.of(refreshed()), ann.hears());
        pass(59);
        assertEquals(List.of(), ann.hears());
        pass(1);
        assertEquals(List.of(Guest.failure(ErrorCode.TOKEN_EXPIRED, ENDED)), ann.hears(), "it is told anew");
        pass(29);
        assertEquals(Optional.empty(), ann.outbox().closed());
    }

    @Test
    void knowsTheTokenAndWhoShowsIt() {
        List<String> shown = new ArrayList<>();
        Identity ann = annFor(10);
        renewal = (token, current) -> {
            shown.add(token + " of " + current.name().orElse("nobody") + (current.equals(ann) ? ", the same" : ""));
            return Optional.empty();
        };
        refresh(connect(Terms.RESUMABLE, ann));
        assertEquals(List.of("new of ann, the same"), shown);
    }

    @Test
    void aRefusedTokenChangesNothing() {
        Guest ann = connect(Terms.RESUMABLE, annFor(10)).inRoom();
        refresh(ann);
        assertEquals(List.of(notTaken()), ann.hears());
        pass(10);
        assertEquals(List.of(Guest.failure(ErrorCode.TOKEN_EXPIRED, ENDED)), ann.hears());
        refresh(ann);
        assertEquals(List.of(notTaken()), ann.hears());
        pass(29);
        assertEquals(Optional.empty(), ann.outbox().closed(), "the grace is not over");
        pass(1);
        assertEquals(Optional.of(CloseStatus.TOKEN_EXPIRED), ann.outbox().closed());
    }

    @Test
    void aTokenOfSomebodyElseOrOneThatHasEndedIsRefused() {
        Guest ann = connect(Terms.RESUMABLE, annFor(10));
        for (Identity wrong : List.of(
                Identity.of("bob"),
                Identity.anonymous(),
                annFor(0),
                Identity.of("ann").withExpiry(Instant.MIN))) {
            renewal = (token, current) -> Optional.of(wrong);
            refresh(ann);
            assertEquals(List.of(notTaken()), ann.hears(), wrong::toString);
        }
    }

    @Test
    void aRenewalThatThrowsHasRefusedAndTheLogDoesNotTellTheToken() {
        renewal = (token, current) -> {
            throw new IllegalStateException("broken");
        };
        Guest ann = connect(Terms.RESUMABLE, annFor(10));
        CapturedLog log = new CapturedLog();
        try {
            refresh(ann);
            assertEquals(List.of(notTaken()), ann.hears());
            assertEquals(
                    List.of("SEVERE the renewal threw, which refuses a token of "
                            + ann.id().value()),
                    log.lines());
        } finally {
            log.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59.999999999Z", "+292278995-01-01T00:00:00Z"})
    void whatEndsAfterAllTimeDoesNotEnd(String expiry) {
        Guest ann = connect(Terms.RESUMABLE, Identity.of("ann").withExpiry(Instant.parse(expiry)))
                .inRoom();
        pass(1_000_000);
        assertEquals(List.of(), ann.hears());
    }

    @Test
    void joinsOnlyWhatItsIdentityAllows() {
        Identity narrow = Identity.of("ann").withChannels(Set.of(Guest.ROOM)).withRoles(Set.of(Role.VIEWER, Role.PEER));
        for (Terms terms : List.of(Terms.RESUMABLE, Terms.MANY_CHANNELS, Terms.ONE_CHANNEL)) {
            Guest ann = connect(terms, narrow);
            ann.join("elsewhere");
            ann.join(Guest.ROOM, Role.STREAMER);
            assertEquals(
                    List.of(
                            Guest.failure(ErrorCode.NOT_ALLOWED, NOT_ALLOWED),
                            Guest.failure(ErrorCode.NOT_ALLOWED, NOT_ALLOWED)),
                    ann.hears());
            ann.join(Guest.ROOM, Role.VIEWER);
            assertTrue(ann.hears().get(0) instanceof ServerMessage.JoinedChannel);
        }
    }

    @Test
    void thePolicyIsNotAskedAboutWhatItsIdentityDoesNotAllow() {
        List<ChannelName> asked = new ArrayList<>();
        SignalingHub strict = SignalingHub.builder()
                .policy(new RelayPolicy() {
                    @Override
                    public Admission admit(
                            ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
                        asked.add(channel);
                        return Admission.granted();
                    }

                    @Override
                    public Audience audience(ChannelName channel, Member sender, Identity identity) {
                        return Audience.everyone();
                    }
                })
                .build();
        Guest ann = Guest.of(strict, Identity.of("ann").withChannels(Set.of(Guest.ROOM)));
        ann.join("elsewhere");
        ann.join("room");
        assertEquals(List.of(Guest.ROOM), asked);
    }

    @Test
    void isRemovedFromWhatANarrowerTokenDoesNotAllow() {
        renewal = (token, current) -> Optional.of(current.withChannels(Set.of(new ChannelName("second"))));
        Guest ann = connect(Terms.RESUMABLE, annFor(10)).inRoom();
        ann.join("second");
        ann.hears();
        witness.hears();
        refresh(ann);
        assertEquals(List.of(refreshed(), removed("room")), ann.hears());
        assertEquals(List.of(Guest.peerLeft("room", ann, LeaveReason.REMOVED)), witness.hears());
        ann.leave("second");
        assertEquals(List.of(Guest.left("second")), ann.hears());
        assertEquals(
                List.of(new RecordingListener.Left(Guest.ROOM, ann.id(), LeaveReason.REMOVED)),
                listener.news(RecordingListener.Left.class).subList(0, 1));
    }

    @Test
    void isRemovedFromAChannelWhoseRoleANarrowerTokenDoesNotAllow() {
        renewal = (token, current) -> Optional.of(current.withRoles(Set.of(Role.VIEWER)));
        Guest ann = connect(Terms.RESUMABLE, annFor(10)).inRoom(Role.STREAMER);
        refresh(ann);
        assertEquals(List.of(refreshed(), removed("room")), ann.hears());
    }

    @Test
    void aTokenThatEndsWhileItsPeerIsAwayIsForgottenForTheOneThatItComesBackWith() {
        Returner ann = Returner.of(hub, annFor(10));
        ann.guest().inRoom();
        ann.lose();
        pass(20);
        Returner again = Returner.of(hub, annFor(60));
        again.resume(ann.token(), 1);
        again.greeted(ann, 1);
        assertEquals(List.of(), again.guest().hears());
        pass(59);
        assertEquals(List.of(), again.guest().hears());
        pass(1);
        assertEquals(
                List.of(Guest.failure(ErrorCode.TOKEN_EXPIRED, ENDED)),
                again.guest().hears());
    }

    @Test
    void doesNotComeBackWithATokenThatHasEnded() {
        Returner ann = Returner.of(hub, annFor(10));
        ann.guest().inRoom();
        ann.lose();
        Returner again = Returner.of(hub, annFor(15));
        clock.advance(Duration.ofSeconds(15));
        again.resume(ann.token(), 1);
        again.assertRefused();
        Returner inTime = Returner.of(hub, annFor(15));
        inTime.resume(ann.token(), 1);
        inTime.greeted(ann, 1);
    }

    @Test
    void isRemovedFromWhatTheTokenDoesNotAllowThatItComesBackWith() {
        Returner ann = Returner.of(hub, annFor(10));
        ann.guest().inRoom();
        ann.lose();
        witness.hears();
        witness.say("while ann was away");
        Returner again = Returner.of(hub, annFor(60).withChannels(Set.of()));
        again.resume(ann.token(), 1);
        again.greeted(ann, 1);
        assertEquals(
                List.of(Guest.signal("room", witness, "while ann was away"), removed("room")),
                again.guest().hears());
        assertEquals(List.of(Guest.peerLeft("room", ann.guest(), LeaveReason.REMOVED)), witness.hears());
    }

    @Test
    void tokensStandInNoText() {
        ClientMessage refresh = new ClientMessage.RefreshToken("secret", Optional.of("7"));
        assertFalse(refresh.toString().contains("secret"));
        assertTrue(refresh.toString().contains("7"));
    }
}
