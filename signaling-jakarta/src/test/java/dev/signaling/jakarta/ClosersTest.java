package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers that take their time to close a session, or would never be done. */
class ClosersTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Closers closers = new Closers(LONGEST, now::get, this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "closer");
        synchronized (threads) {
            threads.add(thread);
        }
        return thread;
    }

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        closers.stop(Duration.ZERO);
        synchronized (threads) {
            for (Thread thread : threads) {
                thread.join(10_000);
                assertFalse(thread.isAlive());
            }
        }
    }

    /** A closing that would never be done, and gives up when it was interrupted so often. */
    private static final class Endless implements Runnable {

        final CountDownLatch begun = new CountDownLatch(1);
        final AtomicInteger interrupted = new AtomicInteger();
        private final int patience;

        Endless(int patience) {
            this.patience = patience;
        }

        @Override
        public void run() {
            begun.countDown();
            while (interrupted.get() < patience) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                }
            }
        }
    }

    private Endless begin(int patience) {
        Endless closing = new Endless(patience);
        closers.close(closing);
        await().until(() -> closing.begun.getCount() == 0);
        return closing;
    }

    @Test
    void thoseThatNeverEndKeepOthersWaitingForSoLongOnly() {
        for (int i = 0; i < 4; i++) {
            begin(1);
        }
        CountDownLatch another = new CountDownLatch(1);
        closers.close(another::countDown);
        now.addAndGet(LONGEST.toMillis());
        closers.interruptLate();
        assertEquals(1, another.getCount());
        assertFalse(closers.areIdle());
        now.addAndGet(1);
        closers.interruptLate();
        await().until(() -> another.getCount() == 0);
        await().until(closers::areIdle);
    }

    @Test
    void aContainerThatTakesNoNoticeIsInterruptedAgain() {
        Endless deaf = begin(3);
        for (int i = 1; i <= 3; i++) {
            now.addAndGet(LONGEST.toMillis() + 1);
            closers.interruptLate();
            int times = i;
            await().until(() -> deaf.interrupted.get() == times);
        }
        await().until(closers::areIdle);
    }

    @Test
    void whoComesLaterIsNotInterruptedForAnother() {
        Endless first = begin(1);
        now.addAndGet(LONGEST.toMillis() + 1);
        Endless second = begin(1);
        closers.interruptLate();
        await().until(() -> first.interrupted.get() == 1);
        closers.interruptLate();
        assertEquals(0, second.interrupted.get());
    }

    @Test
    void atTheEndAllAreInterruptedUntilTheyGiveUp() throws InterruptedException {
        Endless deaf = begin(3);
        assertFalse(closers.stop(Duration.ofMillis(10)));
        assertEquals(3, deaf.interrupted.get());
        Thread[] by = new Thread[1];
        closers.close(() -> by[0] = Thread.currentThread());
        assertEquals(Thread.currentThread(), by[0], "there is no other one any more");
        assertTrue(closers.areIdle());
    }

    @Test
    void whatIsClosedInTimeIsLeftInPeace() throws InterruptedException {
        AtomicInteger closed = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            closers.close(closed::incrementAndGet);
        }
        assertTrue(closers.stop(Duration.ofSeconds(10)));
        assertEquals(100, closed.get());
    }
}
