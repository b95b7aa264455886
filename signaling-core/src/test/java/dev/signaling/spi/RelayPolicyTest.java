package dev.signaling.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.spi.ChannelStore.Seating;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RelayPolicyTest {

    private static final ChannelName ROOM = new ChannelName("room");

    private static Member member(Role role) {
        return new Member(new PeerId("peer"), role, Payload.EMPTY_OBJECT);
    }

    @Test
    void everyoneMayHearEveryone() {
        RelayPolicy policy = RelayPolicy.everyoneToEveryone();
        assertEquals(
                Admission.granted(), policy.admit(ROOM, member(Role.STREAMER), Optional.empty(), Identity.anonymous()));
        assertEquals(Audience.everyone(), policy.audience(ROOM, member(Role.VIEWER), Identity.anonymous()));
    }

    @Test
    void oneStreamerHearsAndIsHeardByAll() {
        RelayPolicy policy = RelayPolicy.oneToMany();
        assertEquals(
                Admission.granted(Rivals.KEEP_THE_ROLE),
                policy.admit(ROOM, member(Role.STREAMER), Optional.empty(), Identity.anonymous()));
        assertEquals(
                Admission.granted(), policy.admit(ROOM, member(Role.VIEWER), Optional.empty(), Identity.anonymous()));
        assertEquals(Audience.everyone(), policy.audience(ROOM, member(Role.STREAMER), Identity.anonymous()));
        assertEquals(Audience.only(Role.STREAMER), policy.audience(ROOM, member(Role.VIEWER), Identity.anonymous()));
        assertEquals(Audience.only(Role.STREAMER), policy.audience(ROOM, member(Role.PEER), Identity.anonymous()));
    }

    @Test
    void theLastStreamerTakesOverWhereTheHostWantsIt() {
        RelayPolicy policy = RelayPolicy.oneToManyWithTakeover();
        assertEquals(
                Admission.granted(Rivals.GIVE_WAY),
                policy.admit(ROOM, member(Role.STREAMER), Optional.empty(), Identity.anonymous()));
        assertEquals(
                Admission.granted(), policy.admit(ROOM, member(Role.VIEWER), Optional.empty(), Identity.anonymous()));
        assertEquals(Audience.only(Role.STREAMER), policy.audience(ROOM, member(Role.VIEWER), Identity.anonymous()));
    }

    @Test
    void anAudienceIsOfRoles() {
        assertTrue(Audience.everyone().includes(Role.PEER));
        assertFalse(Audience.nobody().includes(Role.PEER));
        assertTrue(Audience.only(Role.PEER, Role.VIEWER).includes(Role.VIEWER));
        assertFalse(Audience.only(Role.PEER, Role.VIEWER).includes(Role.STREAMER));
        assertEquals(Audience.nobody(), Audience.only());
    }

    @Test
    void aChannelHasRoomForTheNewOneAtLeast() {
        assertEquals(
                "capacity is under 1: 0",
                assertThrows(IllegalArgumentException.class, () -> new Seating(0, Rivals.SHARE_THE_ROLE))
                        .getMessage());
    }
}
