/**
 * The way of a message, type by type:
 *
 * <ol>
 *   <li>an adapter turns a peer's text into a {@link dev.signaling.message.ClientMessage}
 *   <li>and hands it to that peer's {@link dev.signaling.Connection}, which keeps the limits and the order;
 *   <li>a {@link dev.signaling.spi.RelayPolicy} says who may hear it;
 *   <li>a {@link dev.signaling.spi.ChannelStore} puts it into the channel's one sequence of events
 *   <li>and hands every member a {@link dev.signaling.spi.Delivery} of a {@link dev.signaling.message.ServerMessage};
 *   <li>each member's {@link dev.signaling.spi.Outbox} turns it into text, once for all of them, and sends it.
 * </ol>
 *
 * <p>{@link dev.signaling.SignalingHub} is where to start.
 */
@NullMarked
package dev.signaling;

import org.jspecify.annotations.NullMarked;
