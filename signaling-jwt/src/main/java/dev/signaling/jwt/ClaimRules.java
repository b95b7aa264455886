package dev.signaling.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.signaling.message.ChannelName;
import dev.signaling.message.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has to stand in a token, and where.
 *
 * @param skew how much the issuer's clock may differ
 */
record ClaimRules(
        Optional<String> issuer,
        Optional<String> audience,
        Duration skew,
        String nameClaim,
        String channelsClaim,
        String rolesClaim,
        InstantSource clock) {

    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    static final ClaimRules DEFAULTS = new ClaimRules(
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(60),
            "sub",
            "channels",
            "roles",
            InstantSource.system());

    /** What a token may call itself: RFC 7519, section 5.1, and RFC 9068, section 2.1. */
    static final Set<JOSEObjectType> TYPES = types();

    private static final int LONGEST_NAME = 256;

    ClaimRules {
        if (skew.isNegative() || skew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException("clockSkew is not from 0 to 5 minutes: " + skew);
        }
    }

    private static Set<JOSEObjectType> types() {
        Set<JOSEObjectType> types = new HashSet<>(List.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        types.add(null); // says nothing
        return types;
    }

    ClaimRules withIssuer(String value) {
        return new ClaimRules(Optional.of(value), audience, skew, nameClaim, channelsClaim, rolesClaim, clock);
    }

    ClaimRules withAudience(String value) {
        return new ClaimRules(issuer, Optional.of(value), skew, nameClaim, channelsClaim, rolesClaim, clock);
    }

    ClaimRules withSkew(Duration value) {
        return new ClaimRules(issuer, audience, value, nameClaim, channelsClaim, rolesClaim, clock);
    }

    ClaimRules withNameClaim(String value) {
        return new ClaimRules(issuer, audience, skew, value, channelsClaim, rolesClaim, clock);
    }

    ClaimRules withChannelsClaim(String value) {
        return new ClaimRules(issuer, audience, skew, nameClaim, value, rolesClaim, clock);
    }

    ClaimRules withRolesClaim(String value) {
        return new ClaimRules(issuer, audience, skew, nameClaim, channelsClaim, value, clock);
    }

    ClaimRules withClock(InstantSource value) {
        return new ClaimRules(issuer, audience, skew, nameClaim, channelsClaim, rolesClaim, value);
    }

    /** Why a token that is signed by the right key is not good all the same; empty if it is. */
    Optional<String> fault(JWTClaimsSet claims) {
        Instant now = clock.instant();
        @Nullable Date end = claims.getExpirationTime();
        @Nullable Date begin = claims.getNotBeforeTime();
        if (end == null) {
            return Optional.of("no end");
        } else if (!now.isBefore(end.toInstant().plus(skew))) {
            return Optional.of("ended");
        } else if (begin != null && now.plus(skew).isBefore(begin.toInstant())) {
            return Optional.of("not begun");
        } else if (issuer.isPresent() && !issuer.get().equals(claims.getIssuer())) {
            return Optional.of("another issuer's");
        } else if (audience.isPresent() && !claims.getAudience().contains(audience.get())) {
            return Optional.of("for others");
        }
        return Optional.empty();
    }

    /** What it says; empty if a claim is none: one that says less than was meant must not be taken to say nothing. */
    Optional<TokenClaims> read(JWTClaimsSet claims) {
        try {
            return Optional.of(new TokenClaims(
                    name(claims),
                    set(claims, channelsClaim, ChannelName::new),
                    set(claims, rolesClaim, Role::new),
                    claims.getExpirationTime().toInstant().plus(skew)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<String> name(JWTClaimsSet claims) {
        if (!claims.getClaims().containsKey(nameClaim)) {
            return Optional.empty();
        }
        String name = string(claims.getClaim(nameClaim));
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("no name");
        }
        return Optional.of(name);
    }

    private static <T> Optional<Set<T>> set(JWTClaimsSet claims, String claim, Function<String, T> meaning) {
        if (!claims.getClaims().containsKey(claim)) {
            return Optional.empty();
        }
        Object value = claims.getClaim(claim);
        Collection<?> all = value instanceof Collection<?> several ? several : List.of(string(value));
        Set<T> set = new HashSet<>();
        for (Object each : all) {
            set.add(meaning.apply(string(each)));
        }
        return Optional.of(set);
    }

    private static String string(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no string");
    }
}
