package dev.signaling.jakarta;

import static org.awaitility.Awaitility.await;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import dev.signaling.testkit.ManualClock;
import dev.signaling.testkit.ResumeStory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;

/** The test kit's story of coming back, over sockets and in the format signaling.v1. */
class TyrusResumeStoryTest implements ResumeStory {

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger suspensions = new AtomicInteger();
    private final SignalingServer server = SignalingServer.of(SignalingHub.builder()
            .clock(clock)
            .limits(Limits.builder().outboxMessages(50).build())
            .listener(new SignalingListener() {
                @Override
                public void suspended(PeerId peer) {
                    suspensions.incrementAndGet();
                }
            })
            .build());

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    private final List<SocketPeer> sockets = new ArrayList<>();

    @AfterEach
    void closeAll() {
        sockets.forEach(SocketPeer::close);
        await().until(() -> {
            clock.advance(Duration.ofMinutes(1)); // also for those whose end the server learns of only now
            return server.hub().connections() + server.sessions() == 0;
        });
    }

    @Override
    public Socket open() {
        SocketPeer socket = SocketPeer.open(node.port(), "/signal", "Sec-WebSocket-Protocol: signaling.v1")
                .checkedBy(Schemas.v1()::requireFromServer);
        sockets.add(socket);
        return new V1Socket(socket, greeting(socket.next()));
    }

    @Override
    public int mostKept() {
        return server.hub().limits().outboxMessages();
    }

    @Override
    public void outlastTheGrace() {
        clock.advance(server.hub().limits().resumeGrace());
        await().until(() -> server.hub().connections() == 0);
    }

    private static Greeting greeting(String text) {
        return new Greeting(
                field("peer", text).orElseThrow(),
                field("resume", text).orElseThrow(),
                text.contains("\"resumed\":true"),
                Long.parseLong(field("received", text).orElseThrow()),
                field("reason", text));
    }

    private static Optional<String> field(String name, String text) {
        Matcher field = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(text);
        return field.find() ? Optional.of(field.group(1)) : Optional.empty();
    }

    private final class V1Socket implements Socket {

        private final SocketPeer peer;
        private final Greeting greeting;
        private final ArrayDeque<String> unheard = new ArrayDeque<>();
        private long heard;

        V1Socket(SocketPeer peer, Greeting greeting) {
            this.peer = peer;
            this.greeting = greeting;
        }

        @Override
        public Greeting greeting() {
            return greeting;
        }

        @Override
        public long heard() {
            return heard;
        }

        /** The next message that counts and begins like that. */
        private String next(String type) {
            String text;
            do {
                text = unheard.isEmpty() ? peer.next() : unheard.remove();
                heard++;
            } while (!text.startsWith("{\"type\":\"" + type + "\""));
            return text;
        }

        @Override
        public void join(String channel) {
            peer.join(channel);
            next("joined-channel");
        }

        @Override
        public void say(String channel, String payload) {
            peer.send("{\"type\":\"signal\",\"channel\":\"" + channel + "\",\"data\":" + payload + "}");
            peer.send("{\"type\":\"ping\"}"); // whose answer shows that the signal has its place in the channel
            for (String text = peer.next(); !text.startsWith("{\"type\":\"pong\""); text = peer.next()) {
                unheard.add(text);
            }
        }

        @Override
        public String hear() {
            String text = next("signal");
            return text.substring(text.indexOf("\"data\":") + "\"data\":".length(), text.length() - 1);
        }

        @Override
        public Optional<Greeting> resume(String token, long received) {
            peer.send("{\"type\":\"resume\",\"token\":\"" + token + "\",\"received\":" + received + "}");
            String answer = peer.next();
            if (answer.startsWith("{\"type\":\"error\",\"code\":\"resume-failed\"")) {
                heard++;
                return Optional.empty();
            }
            return Optional.of(TyrusResumeStoryTest.greeting(answer));
        }

        @Override
        public void cut() {
            int before = suspensions.get();
            peer.reset();
            await().until(() -> suspensions.get() > before);
        }

        @Override
        public int closeCode() {
            return Integer.parseInt(peer.ending().replaceFirst(" .*", ""));
        }
    }
}
