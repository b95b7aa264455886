/** The library in a WAR on real servers. */
@NullMarked
package dev.signaling.servers;

import org.jspecify.annotations.NullMarked;
