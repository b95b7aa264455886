package dev.signaling.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.awaitility.Awaitility;

/**
 * Peers who mean no harm: all are in one channel, one sends numbered signals at a steady pace, and each other one has to get
 * all of them in order. How long each was under way is what an attack makes them feel.
 */
final class Bystanders implements AutoCloseable, Runnable {

    static final String CHANNEL = "bystanders";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Selector selector;
    private final List<Bystander> members = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final long pace; // ns
    private final String filler;
    private final Recorder latencies = new Recorder(TimeUnit.MINUTES.toNanos(10), 3);
    private volatile String fault = ""; // written once
    private final Thread thread = new Thread(this, "bystanders");
    private volatile boolean speaking = true;
    private volatile boolean over;
    private long next; // used by the thread alone
    private volatile long said;

    private Bystanders(int port, int count, Duration pace, int characters) throws IOException {
        this.selector = Selector.open();
        this.pace = pace.toNanos();
        this.filler = "x".repeat(characters);
        for (int i = 0; i < count; i++) {
            members.add(new Bystander(port, selector, this::heard));
        }
    }

    /** So many, of whom one sends as many characters at each step of that pace. */
    static Bystanders gather(int port, int count, Duration pace, int characters) {
        try {
            Bystanders all = new Bystanders(port, count, pace, characters);
            all.thread.start();
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        try {
            while (!over) {
                long now = System.nanoTime();
                if (now >= due) {
                    due = Math.max(due + pace, now - pace); // what could not be said in time is not said at once
                    if (speaking) {
                        speak(now);
                    }
                }
                selector.select(this::read, Math.max(1, (due - System.nanoTime()) / 1_000_000));
            }
        } catch (IOException | RuntimeException | Error e) {
            note("the bystanders failed: " + e);
        }
    }

    private void speak(long now) throws IOException {
        String data = "{\"n\":" + next + ",\"t\":" + now + ",\"x\":\"" + filler + "\"}";
        next++;
        said = next;
        members.get(0).write(Frames.signal(CHANNEL, data));
    }

    private void read(SelectionKey key) {
        try {
            ((Bystander) key.attachment()).read(buffer);
        } catch (IOException e) {
            key.cancel();
            note("a bystander was cut: " + e);
        }
    }

    private void heard(Bystander member, String text) {
        int at = text.indexOf("\"n\":");
        if (at < 0 || !text.startsWith("{\"type\":\"signal\"")) {
            return; // who came and went
        }
        int comma = text.indexOf(',', at);
        long number = Long.parseLong(text.substring(at + 4, comma));
        long sent = Long.parseLong(text.substring(comma + 5, text.indexOf(',', comma + 1)));
        latencies.recordValue(System.nanoTime() - sent);
        if (!member.next(number)) {
            note("lost or out of order: " + number + " instead of " + member.heard());
        }
    }

    private void note(String what) {
        fault = fault.isEmpty() ? what : fault; // by their thread alone
    }

    /** How long signals have taken since this was asked last. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    /** Waits until so many more signals have been said and heard. */
    void await(int signals) {
        long until = said + signals;
        until(() -> members.get(1).heard() >= until);
    }

    private void until(Callable<Boolean> condition) {
        Awaitility.await("the bystanders")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast(this::requireNoFault)
                .until(condition);
    }

    /** Falls silent for a moment, and sees to it that all have heard all that was said. */
    void requireAll() {
        inSilence(() -> said);
    }

    /** Asks something when all have heard all that was said, and nothing of theirs is under way. */
    <T> T inSilence(Supplier<T> question) {
        speaking = false;
        try {
            until(() -> members.stream().skip(1).allMatch(member -> member.heard() == said));
            requireNoFault();
            return question.get();
        } finally {
            speaking = true;
        }
    }

    private void requireNoFault() {
        if (!fault.isEmpty()) {
            throw new AssertionError(fault);
        }
    }

    @Override
    public void close() {
        over = true;
        selector.wakeup();
        try {
            thread.join(10_000);
            for (Bystander member : members) {
                member.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String text(ByteBuffer payload) {
        return ISO_8859_1.decode(payload).toString();
    }
}
