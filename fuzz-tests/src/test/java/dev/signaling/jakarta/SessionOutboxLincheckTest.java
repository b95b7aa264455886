package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Set;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The outbox under every schedule that Lincheck can think of, of threads that offer and close and a container that ends sends:
 * never two sends at once, nothing lost or doubled, of each sender in its order, nothing behind the last word, and closed
 * once.
 */
class SessionOutboxLincheckTest {

    private static final Limits SMALL = Limits.builder().outboxMessages(2).build();
    private static final Actor END = Schedules.call(Ends.class, "end");

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
        finds(Unguarded.class, List.of(offer(1), END), List.of(offer(2)));
    }

    /** The last word and the end in two steps, as {@link Outbox} has it by default: another message gets in between. */
    @Test
    void findsALastWordThatIsNotTheLast() {
        finds(TwoSteps.class, List.of(Schedules.call(Ends.class, "closeBehindALastWord", 1)), List.of(offer(2)));
    }

    private static void finds(Class<? extends Ends> faulty, List<Actor> one, List<Actor> other) {
        assertThrows(LincheckAssertionError.class, () -> Schedules.of(new ModelCheckingOptions(), List.of(one, other))
                .check(faulty));
    }

    private static Actor offer(int sender) {
        return Schedules.call(Ends.class, "offer", sender);
    }

    /** Not for Lincheck to find: it is wrong for one thread alone. */
    @Test
    void seesWhatIsOutOfOrder() {
        Ends stacked = new Stacked();
        for (int i = 0; i < 3; i++) {
            stacked.offer(1);
        }
        IllegalStateException fault = assertThrows(IllegalStateException.class, stacked::allIsSent);
        assertTrue(String.valueOf(fault.getMessage()).contains("out of order"), fault::toString);
    }

    /** The library's. */
    public static class Guarded extends Ends {

        /** A new one. */
        public Guarded() {
            outbox = new SessionOutbox(new Words(), SMALL, this);
        }
    }

    /** The library's, but for its last word. */
    public static class TwoSteps extends Ends {

        /** A new one. */
        public TwoSteps() {
            SessionOutbox whole = new SessionOutbox(new Words(), SMALL, this);
            outbox = new Outbox() {
                @Override
                public boolean offer(Delivery delivery) {
                    return whole.offer(delivery);
                }

                @Override
                public void close(CloseStatus status) {
                    whole.close(status);
                }
            };
        }
    }

    /** One that sends the last first. */
    public static class Stacked extends Ends {

        /** A new one. */
        public Stacked() {
            outbox = new StackedOutbox(this);
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
        private final List<Word> sent = new ArrayList<>();
        private final List<Word> taken = new ArrayList<>();
        private final List<Word> takenInTime = new ArrayList<>(); // before anybody began to close
        private String fault = "";
        private int words;
        private boolean closing; // somebody has begun to
        private boolean closingPlainly;
        private int closed;

        /** Offers the next message. Whether it is taken depends on where a send is, of which no order of whole operations knows. */
        @Operation
        public void offer(@Param(gen = ThreadIdGen.class) int sender) {
            Word word = word(sender, false);
            if (outbox.offer(word.delivery())) {
                synchronized (this) {
                    taken.add(word);
                    if (!closing) {
                        takenInTime.add(word);
                    }
                }
            }
        }

        /** Lets what was taken go out, and nothing more. */
        @Operation
        public void close() {
            synchronized (this) {
                closing = true;
                closingPlainly = true;
            }
            outbox.close(CloseStatus.GOING_AWAY);
        }

        /** The same, with a last message. */
        @Operation
        public void closeBehindALastWord(@Param(gen = ThreadIdGen.class) int sender) {
            synchronized (this) {
                closing = true;
            }
            outbox.close(CloseStatus.GOING_AWAY, word(sender, true).delivery());
        }

        private synchronized Word word(int sender, boolean isLast) {
            return new Word(words++, sender, isLast);
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
            List<Word> messages = sent.stream().filter(word -> !word.isLast).toList();
            long lastWords = sent.stream().filter(word -> word.isLast).count();
            require(
                    taken.containsAll(messages) && Set.copyOf(messages).size() == messages.size(),
                    "made up, or doubled");
            require(messages.containsAll(closing ? takenInTime : taken), "lost");
            require(lastWords <= 1 && (!closing || closingPlainly || lastWords == 1), "no last word, or two");
            for (int i = 0; i < sent.size(); i++) {
                Word word = sent.get(i);
                require(!word.isLast || i == sent.size() - 1, "something behind the last word");
                require(
                        sent.subList(0, i).stream()
                                .noneMatch(before -> before.sender == word.sender && before.number > word.number),
                        "out of order");
            }
            require(closed == 1, "closed " + closed + " times");
        }

        private void require(boolean isSo, String otherwise) {
            if (!isSo || !fault.isEmpty()) {
                throw new IllegalStateException(fault + " " + otherwise + ": taken " + taken + ", sent " + sent);
            }
        }

        @Override
        public synchronized void send(Delivery delivery, Dialect dialect, SendHandler handler) {
            if (!underWay.isEmpty() || closed > 0) {
                fault = underWay.isEmpty() ? "sent behind the end" : "two sends at once";
            }
            underWay.add(handler);
            sent.add(Word.of(delivery));
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

    /** Right as long as one thread uses it. */
    private static class UnguardedOutbox implements Outbox {

        private final SessionTransport transport;
        private final ArrayDeque<Delivery> queue = new ArrayDeque<>();
        private boolean sending;
        private boolean closing;

        UnguardedOutbox(SessionTransport transport) {
            this.transport = transport;
        }

        @Override
        public boolean offer(Delivery delivery) {
            if (closing || queue.size() >= 2) {
                return closing;
            }
            queue.add(delivery);
            sendNextIfIdle();
            return true;
        }

        private void sendNextIfIdle() {
            if (!sending) {
                sending = true;
                sendNext();
            }
        }

        private void sendNext() {
            @Nullable Delivery next = next(queue);
            if (next == null) {
                sending = false;
                if (closing) {
                    transport.close(CloseStatus.GOING_AWAY);
                }
            } else {
                transport.send(next, new Words(), result -> sendNext());
            }
        }

        @Nullable
        Delivery next(ArrayDeque<Delivery> waiting) {
            return waiting.poll();
        }

        @Override
        public void close(CloseStatus status) {
            if (!closing) {
                closing = true;
                sendNextIfIdle();
            }
        }

        @Override
        public void close(CloseStatus status, Delivery lastWord) {
            if (!closing) {
                closing = true;
                queue.add(lastWord);
                sendNextIfIdle();
            }
        }
    }

    /** The same, but of what waits the last goes out first. */
    private static final class StackedOutbox extends UnguardedOutbox {

        StackedOutbox(SessionTransport transport) {
            super(transport);
        }

        @Override
        @Nullable
        Delivery next(ArrayDeque<Delivery> waiting) {
            return waiting.pollLast();
        }
    }

    /** A message: who offered it, as the how manieth of all, and whether as the last one. */
    private record Word(int number, int sender, boolean isLast) {

        Delivery delivery() {
            String id = sender + (isLast ? " last" : "");
            return new Delivery(new ServerMessage.Pong(number, Optional.of(id)));
        }

        static Word of(Delivery delivery) {
            ServerMessage.Pong pong = (ServerMessage.Pong) delivery.message();
            String[] id = pong.id().orElseThrow().split(" ", -1);
            return new Word((int) pong.received(), Integer.parseInt(id[0]), id.length > 1);
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
