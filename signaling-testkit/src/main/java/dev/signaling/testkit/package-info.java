/**
 * Contracts and fakes for whoever extends the library.
 *
 * <ul>
 *   <li>A store of one's own implements {@link dev.signaling.testkit.ChannelStoreContract} in a test class or, if what it
 *       keeps channels in can fail, {@link dev.signaling.testkit.ChannelStoreOutageContract};
 *   <li>a dialect of one's own implements {@link dev.signaling.testkit.DialectContract};
 *   <li>a transport of one's own implements {@link dev.signaling.testkit.SignalingStory};
 *   <li>what is plugged in must not block, which a {@link dev.signaling.testkit.WorkerWatch} sees.
 * </ul>
 *
 * <p>The contracts are interfaces of default test methods for JUnit Jupiter: a class that implements one and gives it
 * what to test has inherited its tests. Nothing here sleeps, and every wait has a bound.
 */
@NullMarked
package dev.signaling.testkit;

import org.jspecify.annotations.NullMarked;
