@NullMarked
package dev.signaling.servers.tickets;

import org.jspecify.annotations.NullMarked;
