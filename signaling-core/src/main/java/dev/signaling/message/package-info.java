/**
 * The two closed vocabularies, {@link dev.signaling.message.ClientMessage} and
 * {@link dev.signaling.message.ServerMessage}, and the values they are made of.
 *
 * <p>Everything here is immutable and may be shared between threads. No type knows how it looks on the wire: that is a
 * dialect's work.
 */
@NullMarked
package dev.signaling.message;

import org.jspecify.annotations.NullMarked;
