/**
 * Lets peers in by signed tokens (JWT, RFC 7519): begin with {@link dev.signaling.jwt.TokenVerifier}, which says what a token
 * has to be, and hand it to {@link dev.signaling.jwt.JwtAuthenticator} or {@link dev.signaling.jwt.JoinTokens}.
 *
 * <p>No token stands in a log or in an exception's message.
 */
@NullMarked
package dev.signaling.jwt;

import org.jspecify.annotations.NullMarked;
