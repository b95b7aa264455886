package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TutorialDialectTest {

    private static final ChannelName CHANNEL = new ChannelName("stream-video");
    private static final Member PEER = new Member(new PeerId("p"));
    private static final Map<String, String> GOLDEN = GoldenFiles.tutorial();

    private static final Map<String, ServerMessage> SAID_BY_THE_SERVER = Map.of(
            "T1-connection-established", new ServerMessage.ConnectionEstablished(PEER.peer()),
            "T5-joined-channel", new ServerMessage.JoinedChannel(CHANNEL, PEER, List.of(PEER), Optional.of("7")),
            "T14-error", new ServerMessage.Failure(ErrorCode.NOT_JOINED, "join a channel first", Optional.of("7")),
            "T23-going-away", new ServerMessage.GoingAway(Duration.ofSeconds(5)));

    private final TutorialDialect dialect = new TutorialDialect();

    @Test
    void writesWhatTheServerSays() {
        assertAll(SAID_BY_THE_SERVER.entrySet().stream()
                .map(message -> () -> assertEquals(
                        GOLDEN.get(message.getKey()),
                        dialect.encode(message.getValue()).orElseThrow(),
                        message.getKey())));
    }

    @Test
    void readsAJoin() throws MalformedMessageException {
        assertEquals(
                new ClientMessage.JoinChannel(CHANNEL, Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()),
                dialect.decode(golden("T5-join-channel")));
    }

    @Test
    void carriesEverythingElseAsItIs() {
        assertAll(relayed().map(text -> () -> {
            Payload data = Payload.ofMessage(text);
            assertEquals(
                    new ClientMessage.Signal(Optional.empty(), Optional.empty(), data, Optional.empty()),
                    dialect.decode(text));
            assertSame(
                    text,
                    dialect.encode(new ServerMessage.Signal(CHANNEL, PEER.peer(), data))
                            .orElseThrow());
        }));
    }

    @Test
    void carriesWhatPeersOfOtherFormatsSayIfItCouldBeAMessage() {
        assertAll(relayed().map(text -> () -> assertEquals(Optional.of(text), foreign(text))));
        assertAll(BadTexts.all().stream()
                .filter(bad -> !bad.code().equals("invalid-channel"))
                .map(bad -> () -> assertEquals(Optional.empty(), foreign(bad.text()), bad::toString)));
    }

    private Optional<String> foreign(String data) {
        return dialect.encode(new ServerMessage.Signal(CHANNEL, PEER.peer(), new Payload(data)));
    }

    private static Stream<String> relayed() {
        return Stream.concat(
                RelayedTexts.all().stream(),
                Stream.of("T11-offer", "T11-answer", "T11-candidate", "T11-end-of-candidates")
                        .map(TutorialDialectTest::golden));
    }

    @Test
    void refusesWithTheCodeThatAGoldenFileNames() {
        assertAll(GOLDEN.entrySet().stream()
                .filter(file -> GoldenFiles.code(file.getKey()).isPresent())
                .map(file -> () -> {
                    String code = GoldenFiles.code(file.getKey()).orElseThrow();
                    assertEquals(code, refusal(file.getValue()).code().code(), file.getKey());
                }));
    }

    @Test
    void refusesEveryBadText() {
        assertAll(BadTexts.all().stream()
                .map(bad -> () ->
                        assertEquals(bad.code(), refusal(bad.text()).code().code(), bad::toString)));
    }

    @Test
    void hasOneRuleForEveryGoldenFile() {
        List<String> used = new ArrayList<>(SAID_BY_THE_SERVER.keySet());
        used.addAll(List.of("T5-join-channel", "T11-offer", "T11-answer", "T11-candidate", "T11-end-of-candidates"));
        GOLDEN.keySet().stream().filter(name -> name.contains(".")).forEach(used::add);
        assertEquals(GOLDEN.keySet(), new TreeSet<>(used));
    }

    @Test
    void keepsPresenceToItself() {
        assertAll(Stream.of(
                        new ServerMessage.PeerJoined(CHANNEL, PEER),
                        new ServerMessage.PeerLeft(CHANNEL, PEER.peer(), LeaveReason.LEFT),
                        new ServerMessage.LeftChannel(CHANNEL, Optional.empty()))
                .map(message -> () -> assertEquals(Optional.empty(), dialect.encode(message))));
    }

    @Test
    void hasOneChannelAConnection() {
        assertEquals(Terms.ONE_CHANNEL, dialect.terms());
    }

    @Test
    void echoesNoTextOfAStrangersInItsRefusals() {
        assertAll(BadTexts.all().stream().map(bad -> () -> {
            String detail = refusal(bad.text()).detail();
            assertEquals(-1, detail.indexOf("v=0"), detail);
            assertEquals(-1, detail.indexOf("hello"), detail);
            assertEquals(-1, detail.indexOf("dev.signaling"), detail);
        }));
    }

    private MalformedMessageException refusal(String text) {
        return assertThrows(MalformedMessageException.class, () -> dialect.decode(text));
    }

    private static String golden(String name) {
        String text = GOLDEN.get(name);
        if (text == null) {
            throw new AssertionError("no golden file " + name);
        }
        return text;
    }
}
