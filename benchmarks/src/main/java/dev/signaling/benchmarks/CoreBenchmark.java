package dev.signaling.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signaling.Connection;
import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.jakarta.TutorialDialect;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.CloseStatus;
import dev.signaling.spi.Delivery;
import dev.signaling.spi.Dialect;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What the library itself adds to a message between the container's reading and the container's writing. */
@BenchmarkMode(Mode.SampleTime) // whose median holds on a busy machine too
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {

    /** A text as it comes from a browser. */
    @State(Scope.Benchmark)
    public static class Message {
        @Param({"candidate", "offer"})
        private String kind = "";

        private final Dialect dialect = new TutorialDialect();
        private String text = "";

        /** A candidate of 200 bytes, an offer of 3 KB. */
        @Setup
        public void write() {
            NumberedText numbered = kind.equals("candidate")
                    ? NumberedText.candidate("caller", 200)
                    : NumberedText.description("offer", "caller", 3 * 1024);
            text = new String(numbered.numbered(1), UTF_8);
        }
    }

    /** A channel, one of whose members sends. */
    @State(Scope.Benchmark)
    public static class Channel {
        @Param({"2", "10", "1000"})
        private int members;

        private Optional<Connection> sender = Optional.empty();
        private Optional<ClientMessage> signal = Optional.empty();

        /** Lets everyone join; what a member is sent is encoded, as an outbox does, and goes no further. */
        @Setup
        public void join(Message message, Blackhole wire) throws MalformedMessageException {
            SignalingHub hub = SignalingHub.builder()
                    .limits(Limits.builder()
                            .channelsPerConnection(1)
                            .peersPerChannel(members)
                            .messagesPerSecond(1_000_000)
                            .messageBurst(1_000_000)
                            .charactersPerSecond(1_000_000_000)
                            .characterBurst(1_000_000_000)
                            .build())
                    .clock(new FastClock())
                    .build();
            for (int member = 0; member < members; member++) {
                Optional<Connection> connection = hub.connect(new Sink(message.dialect, wire), message.dialect.terms());
                connection
                        .orElseThrow()
                        .receive(message.dialect.decode("{\"type\":\"join-channel\",\"channel\":\"stream-video\"}"));
                sender = connection;
            }
            signal = Optional.of(message.dialect.decode(message.text));
        }
    }

    /** Text in, message out. */
    @Benchmark
    public ClientMessage decode(Message message) throws MalformedMessageException {
        return message.dialect.decode(message.text);
    }

    /** Message in, the same text for every other member out. */
    @Benchmark
    public void routeAndEncode(Channel channel) {
        channel.sender.orElseThrow().receive(channel.signal.orElseThrow());
    }

    /** The whole way: text in, the same text for every other member out. */
    @Benchmark
    public void relay(Message message, Channel channel) throws MalformedMessageException {
        channel.sender.orElseThrow().receive(message.dialect.decode(message.text));
    }

    private record Sink(Dialect dialect, Blackhole wire) implements Outbox {
        @Override
        public boolean offer(Delivery delivery) {
            wire.consume(delivery.as(dialect));
            return true;
        }

        @Override
        public void close(CloseStatus status) {
            throw new IllegalStateException("a member was sent away: " + status);
        }
    }

    /** Goes so fast that no sender is ever too fast for its limit. */
    private static final class FastClock implements InstantSource {
        private long millis;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public long millis() {
            return ++millis;
        }
    }
}
