/**
 * The demo: {@link dev.signaling.demo.DemoApp} reads the command line and starts a {@link dev.signaling.demo.DemoServer},
 * which serves the {@link dev.signaling.demo.Pages} and the signaling endpoint on one port, over TLS if
 * {@link dev.signaling.demo.TlsOptions} say so. {@link dev.signaling.demo.Rooms} says which pages and channels are live rooms, and
 * {@link dev.signaling.demo.RoomPolicy} keeps each of those to one streamer.
 */
@NullMarked
package dev.signaling.demo;

import org.jspecify.annotations.NullMarked;
