package dev.signaling.jwt;

import dev.signaling.message.ChannelName;
import dev.signaling.message.Member;
import dev.signaling.spi.Admission;
import dev.signaling.spi.Audience;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Channels that ask for a token of their own, the {@code token} of a join: an invitation. It has to say for which channels it
 * is good ({@code channels}); it may say for which roles, and for whom ({@code sub}), which is compared with the name of the
 * peer's {@link Identity}. It counts at the join only: who is inside stays there when it ends.
 *
 * <p>Invitations should have an {@linkplain TokenVerifier.Builder#audience audience} of their own, so that a token by which
 * somebody has logged in is none.
 */
public final class JoinTokens {

    private static final Admission ASKED = Admission.refused("this channel asks for a token");
    private static final Admission REFUSED = Admission.refused("the token does not let this peer into that channel");

    private JoinTokens() {}

    /**
     * A policy that lets peers into some channels by a token only. Clients of the tutorial's format can show none. With a
     * verifier that fetches its {@linkplain TokenVerifier.Builder#keySet keys} a join may take as long as that does, five
     * seconds at most.
     *
     * @param where which channels those are. Called as a policy is; must not block
     * @param policy decides all else: also about a join that the token allows
     */
    public static RelayPolicy required(TokenVerifier verifier, Predicate<ChannelName> where, RelayPolicy policy) {
        return new Required(verifier, where, policy);
    }

    private record Required(TokenVerifier verifier, Predicate<ChannelName> where, RelayPolicy policy)
            implements RelayPolicy {

        @Override
        public Admission admit(ChannelName channel, Member candidate, Optional<String> token, Identity identity) {
            if (where.test(channel)) {
                if (token.isEmpty()) {
                    return ASKED;
                }
                Optional<TokenClaims> invitation = verifier.verify(token.get());
                if (invitation.isEmpty() || !isFor(invitation.get(), channel, candidate, identity)) {
                    return REFUSED;
                }
            }
            return policy.admit(channel, candidate, token, identity);
        }

        private static boolean isFor(TokenClaims token, ChannelName channel, Member candidate, Identity identity) {
            return token.channels().isPresent()
                    && token.channels().get().contains(channel)
                    && (token.roles().isEmpty() || token.roles().get().contains(candidate.role()))
                    && (token.name().isEmpty() || token.name().equals(identity.name()));
        }

        @Override
        public Audience audience(ChannelName channel, Member sender, Identity identity) {
            return policy.audience(channel, sender, identity);
        }
    }
}
