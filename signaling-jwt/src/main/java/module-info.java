/**
 * Signed tokens (JWT) that let peers in: to the endpoint, by {@link dev.signaling.jwt.JwtAuthenticator}, and to channels, by
 * {@link dev.signaling.jwt.JoinTokens}.
 */
module dev.signaling.jwt {
    requires static transitive org.jspecify;
    requires transitive dev.signaling.jakarta;
    requires com.nimbusds.jose.jwt;

    exports dev.signaling.jwt;
}
