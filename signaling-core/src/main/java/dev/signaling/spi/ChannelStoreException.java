package dev.signaling.spi;

/**
 * The store could not do what it was asked: thrown by its methods or carried by the stages they return. The peer is told
 * {@code store-unavailable}, the host's listener gets this exception, and the connection lives.
 */
public final class ChannelStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure of the store's own. */
    public ChannelStoreException(String message) {
        super(message);
    }

    /** A failure of something below the store. */
    public ChannelStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
