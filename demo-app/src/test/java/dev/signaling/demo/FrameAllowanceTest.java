package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrameAllowanceTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private final FrameAllowance allowance = new FrameAllowance(nanoTime::get);

    @Test
    void isThereAtOnceAndComesBackInTime() {
        assertEquals(FrameAllowance.AT_ONCE, taken());
        assertEquals(0, taken());
        pass(1);
        assertEquals(FrameAllowance.A_SECOND, taken());
        pass(3);
        assertEquals(3 * FrameAllowance.A_SECOND, taken());
    }

    @Test
    void doesNotPileUp() {
        pass(1_000_000);
        assertEquals(FrameAllowance.AT_ONCE, taken());
    }

    private void pass(int seconds) {
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private int taken() {
        int taken = 0;
        while (allowance.take()) {
            taken++;
        }
        return taken;
    }
}
