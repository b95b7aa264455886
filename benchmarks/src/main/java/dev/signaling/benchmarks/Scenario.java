package dev.signaling.benchmarks;

import java.net.URI;

/** Who sends what to whom in a measurement, and what must arrive. */
interface Scenario {
    String name();

    /** Opens the connections that it needs from the start. */
    void connect(EventLoop loop, URI url, Meter meter);

    /** All those connections have joined. */
    boolean isConnected();

    /** Sends the first messages; each that arrives calls forth the next. */
    void start();

    /** Sends no more. */
    void stop();

    /** Everything that was sent has arrived. */
    boolean isQuiet();

    /** Closes what is still open. */
    void close();

    boolean isClosed();
}
