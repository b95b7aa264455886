package dev.signaling.jwt;

import static dev.signaling.jwt.Tokens.NOW;
import static dev.signaling.jwt.Tokens.hs256;
import static dev.signaling.jwt.Tokens.ofSecret;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import dev.signaling.spi.Rivals;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Channels that ask for an invitation. */
class JoinTokensTest {

    private static final ChannelName SECRET = new ChannelName("secret-room");
    private static final Admission ASKED = Admission.refused("this channel asks for a token");
    private static final Admission REFUSED = Admission.refused("the token does not let this peer into that channel");

    private final RelayPolicy policy =
            JoinTokens.required(ofSecret(), channel -> channel.value().startsWith("secret-"), RelayPolicy.oneToMany());

    private static JWTClaimsSet.Builder invitation(String... channels) {
        return new JWTClaimsSet.Builder()
                .claim("channels", List.of(channels))
                .expirationTime(Date.from(NOW.plusSeconds(600)));
    }

    private Admission admit(Role role, String token, Identity identity) {
        Member member = new Member(new PeerId("p1"), role, Payload.EMPTY_OBJECT);
        return policy.admit(SECRET, member, Optional.of(token).filter(text -> !text.isEmpty()), identity);
    }

    private Admission admit(JWTClaimsSet.Builder token) {
        return admit(Role.VIEWER, hs256(token), Identity.of("ann"));
    }

    @Test
    void anInvitationLetsIn() {
        assertEquals(Admission.granted(), admit(invitation("secret-room")));
        assertEquals(Admission.granted(), admit(invitation("other", "secret-room")));
        assertEquals(Admission.granted(), admit(Role.VIEWER, hs256(invitation("secret-room")), Identity.anonymous()));
    }

    @Test
    void whoHasNoneStaysOutside() {
        assertEquals(ASKED, admit(Role.VIEWER, "", Identity.of("ann")));
        assertEquals(REFUSED, admit(Role.VIEWER, "x", Identity.of("ann")));
        assertEquals(REFUSED, admit(invitation("secret-room-2")));
        assertEquals(REFUSED, admit(invitation()));
        assertEquals(REFUSED, admit(invitation("secret-room").expirationTime(Date.from(NOW.minusSeconds(60)))));
        assertEquals(
                REFUSED, admit(Role.VIEWER, hs256(Tokens.OTHER_SECRET, invitation("secret-room")), Identity.of("ann")));
    }

    /** By such a one somebody logs in; it is good for every channel that asks for none. */
    @Test
    void aTokenThatNamesNoChannelIsNoInvitation() {
        assertEquals(
                REFUSED,
                admit(new JWTClaimsSet.Builder().subject("ann").expirationTime(Date.from(NOW.plusSeconds(600)))));
    }

    @Test
    void mayBeForARoleOnly() {
        String token = hs256(invitation("secret-room").claim("roles", List.of("streamer")));
        assertEquals(Admission.granted(Rivals.KEEP_THE_ROLE), admit(Role.STREAMER, token, Identity.of("ann")));
        assertEquals(REFUSED, admit(Role.VIEWER, token, Identity.of("ann")));
    }

    @Test
    void mayBeForOneOnly() {
        String token = hs256(invitation("secret-room").subject("ann"));
        assertEquals(Admission.granted(), admit(Role.VIEWER, token, Identity.of("ann")));
        assertEquals(REFUSED, admit(Role.VIEWER, token, Identity.of("bob")));
        assertEquals(REFUSED, admit(Role.VIEWER, token, Identity.anonymous()));
    }

    @Test
    void otherChannelsAndAllElseAreThePolicysAffair() {
        ChannelName open = new ChannelName("open");
        Member streamer = new Member(new PeerId("p1"), Role.STREAMER, Payload.EMPTY_OBJECT);
        assertEquals(
                Admission.granted(Rivals.KEEP_THE_ROLE),
                policy.admit(open, streamer, Optional.empty(), Identity.anonymous()));
        Member viewer = new Member(new PeerId("p2"), Role.VIEWER, Payload.EMPTY_OBJECT);
        assertEquals(Audience.only(Role.STREAMER), policy.audience(SECRET, viewer, Identity.anonymous()));
        RelayPolicy closed = JoinTokens.required(ofSecret(), channel -> true, new RelayPolicy() {
            @Override
            public Admission admit(ChannelName channel, Member who, Optional<String> token, Identity identity) {
                return Admission.refused("closed");
            }

            @Override
            public Audience audience(ChannelName channel, Member sender, Identity identity) {
                return Audience.nobody();
            }
        });
        assertEquals(
                Admission.refused("closed"),
                closed.admit(SECRET, viewer, Optional.of(hs256(invitation("secret-room"))), Identity.anonymous()));
    }
}
