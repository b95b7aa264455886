/**
 * What can be plugged in: where channels are kept ({@link dev.signaling.spi.ChannelStore}), who may hear whom
 * ({@link dev.signaling.spi.RelayPolicy}), by which STUN and TURN servers peers find each other ({@link
 * dev.signaling.spi.IceServers}), how messages leave ({@link dev.signaling.spi.Outbox}), and who is told what
 * happens ({@link dev.signaling.spi.SignalingListener}).
 */
@NullMarked
package dev.signaling.spi;

import org.jspecify.annotations.NullMarked;
