package dev.signaling.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class FrameQueueTest {

    @Test
    void smallFramesCostMoreThanTheirBytes() {
        FrameQueue pongs = new FrameQueue();
        for (int i = 0; i < 10_000; i++) {
            pongs.add(ByteBuffer.allocate(2));
        }
        assertEquals(20_000, pongs.bytes());
        assertTrue(pongs.cost() > 1_000_000, pongs.cost() + " is too little for 10,000 buffers");
        pongs.clear();
        assertEquals(0, pongs.cost());
    }
}
