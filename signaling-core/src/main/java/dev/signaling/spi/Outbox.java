package dev.signaling.spi;

import dev.signaling.message.CloseStatus;

/**
 * The way out to one peer. Written by whoever adapts the hub to a transport.
 *
 * <p>Bounded: one that cannot take more says so and never waits. Its methods are called on any thread, also by several
 * at once, without a lock of the hub's held, and must not block.
 */
public interface Outbox {

    /**
     * Takes a message to be sent after all that were taken before.
     *
     * @return false if it was not taken because the outbox is full: the hub then ends the connection as a
     *     {@linkplain CloseStatus#SLOW_CONSUMER slow consumer}. Taken and thrown away is right once the outbox is closed.
     */
    boolean offer(Delivery delivery);

    /**
     * Closes as {@link #close(CloseStatus)} does, with a last message before the end, such as the one that says that the
     * server goes away. It need not fit into the bound, and is not asked for twice.
     *
     * <p>Another thread may offer a message meanwhile, which must not come behind the last one: so an outbox that is used by
     * several threads takes it and closes in one step. By default these are two.
     */
    default void close(CloseStatus status, Delivery lastWord) {
        offer(lastWord);
        close(status);
    }

    /**
     * Sends what was taken so far, as far as the peer still reads, and then ends the connection. Nothing is taken any
     * more. A second call has no effect.
     */
    void close(CloseStatus status);
}
