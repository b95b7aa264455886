package dev.signaling.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * The bridges that a thread has written to while it handled one read. They are flushed together at the end of it, so that
 * what one read brings for one peer costs one call to the kernel, however many messages it is.
 */
final class WriteBatch {

    private static final ThreadLocal<WriteBatch> OF_THREAD = ThreadLocal.withInitial(WriteBatch::new);

    private final List<WebSocketBridge> bridges = new ArrayList<>();
    private boolean open;

    private WriteBatch() {}

    /** Begins a batch, unless there is one already. True if it was begun, and is to be ended by the caller. */
    static boolean begin() {
        WriteBatch batch = OF_THREAD.get();
        boolean begun = !batch.open;
        batch.open = true;
        return begun;
    }

    /** Notes a bridge for the end of the batch. False if there is no batch: it has to be flushed now. */
    static boolean add(WebSocketBridge bridge) {
        WriteBatch batch = OF_THREAD.get();
        if (batch.open) {
            batch.bridges.add(bridge);
        }
        return batch.open;
    }

    /** Flushes what the batch has gathered, if it was this caller's that began it. */
    static void end(boolean begun) {
        if (!begun) {
            return;
        }
        WriteBatch batch = OF_THREAD.get();
        // flushing may let other bridges' senders go on, who write more: those come at the end of the same list
        for (int i = 0; i < batch.bridges.size(); i++) {
            WebSocketBridge bridge = batch.bridges.get(i);
            try {
                bridge.flush();
            } catch (RuntimeException | Error e) {
                bridge.failed(e); // that one only: whatever this thread has for others, now and later, has to go out
            }
        }
        batch.bridges.clear();
        batch.open = false;
    }
}
