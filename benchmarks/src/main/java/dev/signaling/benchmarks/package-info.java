/**
 * What a signal server costs. The way of a measurement:
 * <ol>
 *   <li>{@link dev.signaling.benchmarks.LoadGenerator} and {@link dev.signaling.benchmarks.Compare}: the command line;
 *   <li>{@link dev.signaling.benchmarks.Scenario}: who sends what to whom, and what must arrive;
 *   <li>{@link dev.signaling.benchmarks.Peer}: one client that speaks the tutorial's format;
 *   <li>{@link dev.signaling.benchmarks.ClientSocket}: its WebSocket, on the one {@link dev.signaling.benchmarks.EventLoop};
 *   <li>{@link dev.signaling.benchmarks.Figures}: what is printed.
 * </ol>
 */
@NullMarked
package dev.signaling.benchmarks;

import org.jspecify.annotations.NullMarked;
