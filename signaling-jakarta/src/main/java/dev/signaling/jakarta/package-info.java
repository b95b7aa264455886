/**
 * The way of a message through a Jakarta WebSocket server:
 *
 * <ol>
 *   <li>the container hands a text to the {@link dev.signaling.jakarta.SignalingEndpoint}'s {@code SignalingSession},
 *   <li>whose {@link dev.signaling.spi.Dialect}, here the {@link dev.signaling.jakarta.TutorialDialect}, reads its {@code
 *       Envelope};
 *   <li>the {@link dev.signaling.SignalingHub} routes it;
 *   <li>each receiver's {@code SessionOutbox} has the dialect write it down and the container send it.
 * </ol>
 *
 * <p>{@link dev.signaling.jakarta.SignalingServer} is where to start.
 */
@NullMarked
package dev.signaling.jakarta;

import org.jspecify.annotations.NullMarked;
