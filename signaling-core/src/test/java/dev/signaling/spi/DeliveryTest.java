package dev.signaling.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signaling.message.PeerId;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.Delivery.Form;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DeliveryTest {

    private final Delivery delivery = new Delivery(new ServerMessage.ConnectionEstablished(new PeerId("peer")));

    @Test
    void isEncodedOnceForEachForm() {
        AtomicInteger calls = new AtomicInteger();
        Form<String> text = message -> "text " + calls.incrementAndGet();
        Form<Integer> number = message -> calls.incrementAndGet();
        Form<String> another = message -> "another " + calls.incrementAndGet();

        for (int i = 0; i < 3; i++) {
            assertEquals("text 1", delivery.as(text));
            assertEquals(2, delivery.as(number));
            assertEquals("another 3", delivery.as(another));
        }
        assertSame(delivery.as(text), delivery.as(text));
    }

    @Test
    void aFormThatThrowsIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Form<String> shaky = message -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return "text";
        };
        assertThrows(IllegalStateException.class, () -> delivery.as(shaky));
        assertEquals("text", delivery.as(shaky));
    }

    /** Who has once been told a text is told the same ever after, whatever another thread adds meanwhile. */
    @Test
    void whatIsEncodedStaysEncodedWhileAnotherFormIsAdded() {
        AtomicInteger calls = new AtomicInteger();
        Form<String> inner = message -> "inner " + calls.incrementAndGet();
        Form<String> outer = message -> "outer around " + delivery.as(inner);

        assertEquals("outer around inner 1", delivery.as(outer));
        assertEquals("inner 1", delivery.as(inner));
    }
}
