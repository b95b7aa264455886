package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signaling.Limits;
import dev.signaling.Schedules;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.Outbox;
import dev.signaling.spi.Terms;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The outbox under every schedule that Lincheck can think of, of threads that offer and close and a container that ends sends:
 * never two sends at once, nothing lost or doubled, and closed once.
 */
class SessionOutboxLincheckTest {

    @Test
    void sendsOneByOneAndAll() {
        Schedules.brief(new ModelCheckingOptions()).check(Guarded.class);
    }

    @Test
    @Tag("scenario")
    void sendsOneByOneAndAllForLonger() {
        Schedules.extensive(new ModelCheckingOptions()).check(Guarded.class);
    }

    /** The way that is known to fail: is it empty, then a flag, then a poll, each by itself. */
    @Test
    void findsAnOutboxWithoutALock() {
        assertThrows(LincheckAssertionError.class, () -> Schedules.brief(new ModelCheckingOptions())
                .check(Unguarded.class));
    }

    /** The library's. */
    public static class Guarded extends Ends {

        private static final Limits SMALL = Limits.builder().outboxMessages(2).build();

        /** A new one. */
        public Guarded() {
            outbox = new SessionOutbox(new Words(), SMALL, this);
        }
    }

    /** One that guards nothing. */
    public static class Unguarded extends Ends {

        /** A new one. */
        public Unguarded() {
            outbox = new UnguardedOutbox(this);
        }
    }

    /** Both ends of an outbox, and what Lincheck calls. */
    public abstract static class Ends implements SessionTransport {

        /** What is under test. */
        protected Outbox outbox = new UnguardedOutbox(this);

        // guarded by this
        private final ArrayDeque<SendHandler> underWay = new ArrayDeque<>();
        private final List<Integer> sent = new ArrayList<>();
        private final List<Integer> taken = new ArrayList<>();
        private boolean overlapped;
        private int offered;
        private int closed;

        /** Offers the next message. Whether it is taken depends on where a send is, of which no order of whole operations knows. */
        @Operation
        public void offer() {
            int number;
            synchronized (this) {
                number = offered++;
            }
            if (outbox.offer(new Delivery(new ServerMessage.Pong(number, Optional.empty())))) {
                synchronized (this) {
                    taken.add(number);
                }
            }
        }

        /** The container is through with a send, if one is under way. */
        @Operation
        public void end() {
            endOne();
        }

        private boolean endOne() {
            SendHandler handler;
            synchronized (this) {
                handler = underWay.poll();
            }
            if (handler != null) {
                handler.onResult(new SendResult());
            }
            return handler != null;
        }

        /** Behind everything: all goes out. */
        @Validate
        public void allIsSent() {
            while (endOne()) {}
            outbox.close(CloseStatus.GOING_AWAY);
            while (endOne()) {}
            boolean all = sent.size() == taken.size() && sent.containsAll(taken);
            if (overlapped || !all || closed != 1) {
                throw new IllegalStateException(
                        "overlapped " + overlapped + ", taken " + taken + ", sent " + sent + ", closed " + closed);
            }
        }

        @Override
        public void send(Delivery delivery, Dialect dialect, SendHandler handler) {
            synchronized (this) {
                overlapped |= !underWay.isEmpty();
                underWay.add(handler);
                sent.add((int) ((ServerMessage.Pong) delivery.message()).received());
            }
        }

        @Override
        public void ping() {}

        @Override
        public synchronized void close(CloseStatus status) {
            closed++;
        }

        @Override
        public void broken() {}

        @Override
        public long now() {
            return 1;
        }
    }

    private static final class UnguardedOutbox implements Outbox {

        private final SessionTransport transport;
        private final ArrayDeque<Delivery> queue = new ArrayDeque<>();
        private boolean sending;
        private boolean closing;

        UnguardedOutbox(SessionTransport transport) {
            this.transport = transport;
        }

        @Override
        public boolean offer(Delivery delivery) {
            if (queue.size() >= 2) {
                return false;
            }
            queue.add(delivery);
            if (!sending) {
                sending = true;
                sendNext();
            }
            return true;
        }

        private void sendNext() {
            @Nullable Delivery next = queue.poll();
            if (next == null) {
                sending = false;
                if (closing) {
                    transport.close(CloseStatus.GOING_AWAY);
                }
            } else {
                transport.send(next, new Words(), result -> sendNext());
            }
        }

        @Override
        public void close(CloseStatus status) {
            closing = true;
            if (!sending) {
                transport.close(status);
            }
        }
    }

    /** A format of one word. */
    private static final class Words implements Dialect {

        @Override
        public Terms terms() {
            return Terms.ONE_CHANNEL;
        }

        @Override
        public ClientMessage decode(String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> encode(ServerMessage message) {
            return Optional.of("word");
        }
    }
}
