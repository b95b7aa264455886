/**
 * What can be plugged in: where channels are kept ({@link dev.signaling.spi.ChannelStore}), who may hear whom
 * ({@link dev.signaling.spi.RelayPolicy}), how messages leave ({@link dev.signaling.spi.Outbox}), and who is told what
 * happens ({@link dev.signaling.spi.SignalingListener}).
 */
@NullMarked
package dev.signaling.spi;

import org.jspecify.annotations.NullMarked;
