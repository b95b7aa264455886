package dev.signaling.jakarta;

import dev.signaling.Limits;
import dev.signaling.message.CloseStatus;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.Outbox;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way out through one session: a bounded queue with at most one message at a time in the container's hands.
 *
 * <p>Containers differ in what a second send before the end of the first does: some fail, some queue without a bound, one
 * loses the message. So the queue is here. One lock guards it and the flag that says that a send is under way; it is never
 * held while the container is called. A container may report the end of a send from inside the call: that is a turn of a
 * loop and not a deeper call.
 */
final class SessionOutbox implements Outbox {

    /** After these nobody reads what is left, or the peer gets it over another connection. */
    private static final Set<CloseStatus> UNREAD = Collections.unmodifiableSet(EnumSet.of(
            CloseStatus.SLOW_CONSUMER,
            CloseStatus.TIMED_OUT,
            CloseStatus.GONE,
            CloseStatus.LOST,
            CloseStatus.REPLACED));

    private final Dialect dialect;
    private final Limits limits;
    private final SessionTransport transport;

    // guarded by this
    private final ArrayDeque<Delivery> queue = new ArrayDeque<>(1);
    private int charactersBehind; // the first in the queue, which may be as long as the roster of a large channel
    private boolean sending;
    private @Nullable CloseStatus closing;

    private volatile long sendingSince; // ms of the ticker's clock, 0 while nothing is being sent

    SessionOutbox(Dialect dialect, Limits limits, SessionTransport transport) {
        this.dialect = dialect;
        this.limits = limits;
        this.transport = transport;
    }

    @Override
    public boolean offer(Delivery delivery) {
        Optional<String> text = delivery.as(dialect);
        if (text.isEmpty()) {
            return true;
        }
        synchronized (this) {
            if (closing != null) {
                return true;
            }
            if (sending) {
                if (!queue.isEmpty()) {
                    int characters = text.get().length();
                    if (queue.size() >= limits.outboxMessages()
                            || characters > limits.outboxCharacters() - charactersBehind) {
                        return false;
                    }
                    charactersBehind += characters;
                }
                queue.add(delivery);
                return true;
            }
            begin();
        }
        sendFrom(delivery);
        return true;
    }

    /**
     * Lets what is queued go out first, unless the status says that nobody reads it here. The session's keeper looks after
     * one that takes too long.
     */
    @Override
    public void close(CloseStatus status) {
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = status;
            if (UNREAD.contains(status)) {
                queue.clear();
            } else if (sending) {
                return; // the end of the queue closes
            }
        }
        transport.close(status);
    }

    @Override
    public void close(CloseStatus status, Delivery lastWord) {
        if (UNREAD.contains(status) || lastWord.as(dialect).isEmpty()) {
            close(status);
            return;
        }
        synchronized (this) {
            if (closing != null) {
                return;
            }
            closing = status;
            if (sending) {
                if (!queue.isEmpty()) {
                    charactersBehind += lastWord.as(dialect).orElseThrow().length();
                }
                queue.add(lastWord); // the end of the queue closes
                return;
            }
            begin();
        }
        sendFrom(lastWord);
    }

    /** Sends a ping if nothing else is on its way; what is on its way has a deadline of its own. */
    void ping() {
        synchronized (this) {
            if (sending || closing != null) {
                return;
            }
            begin();
        }
        transport.ping();
        Delivery next = next();
        if (next != null) {
            sendFrom(next);
        }
    }

    /**
     * For how long the container has been at the same send, in milliseconds; 0 if it is at none. A
     * farewell counts as one send from the message on that was under way when it began: a peer that takes one now and then
     * could stay for hours else, and is no longer counted as a connection.
     *
     * @param now by the server's clock, in milliseconds
     */
    long sendingFor(long now) {
        long since = sendingSince; // read once: it may have ended a moment later
        return since == 0 ? 0 : Math.max(0, now - since);
    }

    /** Called under the lock. */
    private void begin() {
        sending = true;
        sendingSince = transport.now();
    }

    private void sendFrom(Delivery first) {
        @Nullable Delivery delivery = first;
        while (delivery != null) {
            Sending attempt = new Sending();
            try {
                transport.send(delivery, dialect, attempt);
            } catch (Throwable e) {
                attempt.onResult(new SendResult(e));
            }
            if (!attempt.isOverInside()) {
                return;
            }
            delivery = next();
        }
    }

    /** What to send next; null if there is nothing, in which case the last one out closes if it is to be closed. */
    private @Nullable Delivery next() {
        CloseStatus status;
        synchronized (this) {
            Delivery next = queue.poll();
            if (next != null) {
                Delivery following = queue.peek();
                if (following != null) {
                    charactersBehind -= following.as(dialect).orElseThrow().length();
                }
                if (closing == null) {
                    sendingSince = transport.now();
                }
                return next;
            }
            sending = false;
            sendingSince = 0;
            status = closing;
        }
        if (status != null) {
            transport.close(status);
        }
        return null;
    }

    private void failed() {
        synchronized (this) {
            queue.clear();
            charactersBehind = 0;
        }
        transport.broken();
    }

    /** One send in the container's hands. Its end may come from inside the call, before or after it, on any thread. */
    private final class Sending implements SendHandler {

        private final Thread caller = Thread.currentThread();
        private final AtomicBoolean told = new AtomicBoolean();
        private boolean inside = true; // used by the caller's thread alone
        private boolean over;

        @Override
        public void onResult(SendResult result) {
            if (!told.compareAndSet(false, true)) {
                return; // a container may tell of a failure and throw as well
            }
            if (!result.isOK()) {
                failed();
            }
            if (Thread.currentThread() == caller && inside) {
                over = true;
                return;
            }
            Delivery next = next();
            if (next != null) {
                sendFrom(next);
            }
        }

        /** Behind the call: whether its end came from inside. If not, it comes from elsewhere and goes on from there. */
        boolean isOverInside() {
            inside = false;
            return over;
        }
    }
}
