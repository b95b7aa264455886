package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.message.ChannelName;
import dev.signaling.message.ClientMessage;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.Payload;
import dev.signaling.message.PeerId;
import dev.signaling.message.Role;
import dev.signaling.message.ServerMessage;
import dev.signaling.message.ServerMessage.Resumption;
import dev.signaling.spi.MalformedMessageException;
import dev.signaling.spi.Terms;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SignalingV1DialectTest {

    private static final ChannelName CHANNEL = new ChannelName("stream-video");
    private static final Optional<String> ID = Optional.of("7");
    private static final PeerId P1 = new PeerId("p1");
    private static final PeerId P2 = new PeerId("p2");
    private static final Payload ZOE = new Payload("{\"name\":\"Zo\u00eb\"}");
    private static final Payload OFFER = new Payload("{ \"type\": \"offer\", \"sdp\": \"v=0\\r\\n\" }");
    private static final Map<String, String> GOLDEN = GoldenFiles.v1();

    private final SignalingV1Dialect dialect = new SignalingV1Dialect(Limits.defaults());

    @Test
    void writesWhatTheServerSays() {
        assertAll(saidByTheServer().entrySet().stream()
                .map(message -> () -> assertEquals(
                        GOLDEN.get(message.getKey()),
                        dialect.encode(message.getValue()).orElseThrow(),
                        message.getKey())));
    }

    private static Map<String, ServerMessage> saidByTheServer() {
        Map<String, ServerMessage> said = new HashMap<>();
        said.put(
                "V2-connection-established",
                established(P1, new Resumption("r1", false, 0, Optional.empty()), Optional.empty()));
        said.put("V22-resumed", established(P1, new Resumption("r2", true, 41, Optional.empty()), ID));
        said.put(
                "V24-overflow",
                established(new PeerId("p9"), new Resumption("r9", false, 0, Optional.of("overflow")), ID));
        said.put(
                "V7-joined-channel",
                new ServerMessage.JoinedChannel(
                        CHANNEL,
                        new Member(P1, Role.VIEWER, ZOE),
                        List.of(
                                new Member(P2, Role.STREAMER, Payload.EMPTY_OBJECT),
                                new Member(new PeerId("p3"), Role.PEER, new Payload("{\"a\":[1,null]}"))),
                        ID));
        said.put(
                "V7-joined-channel-alone",
                new ServerMessage.JoinedChannel(CHANNEL, new Member(P1), List.of(), Optional.empty()));
        said.put(
                "V10-peer-joined",
                new ServerMessage.PeerJoined(CHANNEL, new Member(P2, Role.VIEWER, new Payload("{\"name\":\"Ann\"}"))));
        said.put("V11-left-channel", new ServerMessage.LeftChannel(CHANNEL, ID));
        for (LeaveReason reason : List.of(LeaveReason.REPLACED, LeaveReason.REMOVED)) {
            said.put(
                    "V12-left-channel-" + reason.code(),
                    new ServerMessage.LeftChannel(CHANNEL, reason, Optional.empty()));
        }
        for (LeaveReason reason : LeaveReason.values()) {
            String rule = reason == LeaveReason.LEFT ? "V11" : "V12";
            said.put(rule + "-peer-left-" + reason.code(), new ServerMessage.PeerLeft(CHANNEL, P2, reason));
        }
        said.put("V13-signal", new ServerMessage.Signal(CHANNEL, P2, OFFER));
        said.put(
                "V17-signal-from-a-tutorial-peer",
                new ServerMessage.Signal(CHANNEL, P2, Payload.ofMessage("{\"type\":\"offer\",\"sdp\":\"v=0\"}")));
        said.put("V18-pong", new ServerMessage.Pong(12, ID));
        said.put("V18-pong-without-id", new ServerMessage.Pong(0, Optional.empty()));
        said.put("V27-error", new ServerMessage.Failure(ErrorCode.NOT_JOINED, "join a channel first", ID));
        said.put(
                "V27-error-without-id",
                new ServerMessage.Failure(ErrorCode.MALFORMED_MESSAGE, "not JSON (at character 0)", Optional.empty()));
        said.put("V31-token-refreshed", new ServerMessage.TokenRefreshed(ID));
        said.put("V31-token-refreshed-without-id", new ServerMessage.TokenRefreshed(Optional.empty()));
        said.put(
                "V32-token-expired",
                new ServerMessage.Failure(
                        ErrorCode.TOKEN_EXPIRED,
                        "the token has ended, another one is taken for 30 s",
                        Optional.empty()));
        said.putAll(iceServers());
        said.put("V29-going-away", new ServerMessage.GoingAway(Duration.ofMillis(1_500)));
        return said;
    }

    private static Map<String, ServerMessage> iceServers() {
        IceServer stun = IceServer.stun("stun:stun.example.org");
        IceConfiguration servers = new IceConfiguration(
                List.of(
                        stun,
                        IceServer.turn(
                                "1767229200:p1",
                                "QiZjVnIrK+z5VVDe/o2qxmDKzOE=",
                                "turn:turn.example.org?transport=udp",
                                "turns:turn.example.org:443?transport=tcp")),
                Optional.of(Duration.ofHours(1)));
        Resumption fresh = new Resumption("r1", false, 0, Optional.empty());
        Resumption resumed = new Resumption("r2", true, 41, Optional.empty());
        return Map.of(
                "V33-connection-established",
                new ServerMessage.ConnectionEstablished(P1, Optional.of(fresh), Optional.of(servers), Optional.empty()),
                "V33-connection-established-for-good",
                new ServerMessage.ConnectionEstablished(
                        P1,
                        Optional.of(fresh),
                        Optional.of(new IceConfiguration(List.of(stun), Optional.empty())),
                        Optional.empty()),
                "V33-resumed",
                new ServerMessage.ConnectionEstablished(P1, Optional.of(resumed), Optional.of(servers), ID),
                "V34-ice-servers",
                new ServerMessage.FreshIceServers(servers, ID),
                "V34-ice-servers-none",
                new ServerMessage.FreshIceServers(IceConfiguration.none(), ID),
                "V34-ice-servers-unavailable",
                new ServerMessage.Failure(
                        ErrorCode.ICE_SERVERS_UNAVAILABLE, "there are no ICE servers to be had, try again later", ID),
                "V35-ice-servers",
                new ServerMessage.FreshIceServers(servers, Optional.empty()));
    }

    private static ServerMessage established(PeerId peer, Resumption resumption, Optional<String> id) {
        return new ServerMessage.ConnectionEstablished(peer, Optional.of(resumption), id);
    }

    @Test
    void readsWhatAClientSays() {
        assertAll(saidByAClient().entrySet().stream()
                .map(message -> () ->
                        assertEquals(message.getValue(), dialect.decode(golden(message.getKey())), message.getKey())));
    }

    private static Map<String, ClientMessage> saidByAClient() {
        Optional<ChannelName> there = Optional.of(CHANNEL);
        Map<String, ClientMessage> said = new HashMap<>(Map.of(
                "V34-get-ice-servers", new ClientMessage.GetIceServers(ID),
                "V34-get-ice-servers-bare", new ClientMessage.GetIceServers(Optional.empty())));
        said.putAll(Map.of(
                "V7-join-channel", new ClientMessage.JoinChannel(CHANNEL, Role.VIEWER, ZOE, Optional.of("secret"), ID),
                "V7-join-channel-bare",
                        new ClientMessage.JoinChannel(CHANNEL, Role.PEER, Payload.EMPTY_OBJECT, Optional.empty()),
                "V11-leave-channel", new ClientMessage.LeaveChannel(CHANNEL, ID),
                "V13-send-signal", new ClientMessage.Signal(there, Optional.empty(), OFFER, Optional.empty()),
                "V13-send-null",
                        new ClientMessage.Signal(there, Optional.empty(), new Payload("null"), Optional.empty()),
                "V14-send-signal-to-one",
                        new ClientMessage.Signal(there, Optional.of(P2), new Payload("\"hello\""), ID),
                "V18-ping", new ClientMessage.Ping(Optional.of(41L), ID),
                "V18-ping-bare", new ClientMessage.Ping(Optional.empty(), Optional.empty()),
                "V22-resume", new ClientMessage.Resume("r1", 41, ID),
                "V31-refresh-token", new ClientMessage.RefreshToken("t2", ID)));
        return said;
    }

    @Test
    void hasOneUseForEveryGoldenFile() {
        TreeSet<String> used = new TreeSet<>(saidByTheServer().keySet());
        used.addAll(saidByAClient().keySet());
        GOLDEN.forEach((name, text) -> {
            if (GoldenFiles.code(name).isPresent() || text.contains(GoldenFiles.TOKEN)) {
                used.add(name); // V1Story's, and TokenGoldenFilesTest's
            }
        });
        assertEquals(GOLDEN.keySet(), used);
    }

    @Test
    void refusesEveryFieldThatIsWrongAndRepeatsTheId() {
        assertTrue(V1BadTexts.all().size() > 100);
        assertAll(V1BadTexts.all().stream().map(bad -> () -> {
            MalformedMessageException refusal =
                    assertThrows(MalformedMessageException.class, () -> dialect.decode(bad.text()), bad::toString);
            assertEquals(bad.code(), refusal.code().code(), bad::toString);
            assertEquals(bad.tellsItsId() ? ID : Optional.empty(), refusal.id(), bad::toString);
            assertTrue(refusal.detail().length() < 100, refusal::detail);
        }));
    }

    @Test
    void readsTheSameTextsWithoutTheFaultAndThoseAtTheBounds() {
        List<String> texts = SchemaFaults.none(Schemas.v1(), GOLDEN);
        assertTrue(texts.size() > 20);
        assertAll(texts.stream().map(text -> () -> assertDoesNotThrow(() -> dialect.decode(text), text)));
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() throws MalformedMessageException {
        assertEquals(
                new ClientMessage.Ping(Optional.empty(), ID),
                dialect.decode("{\"from\":null,\"type\":\"ping\",\"channel\":7,\"id\":\"7\",\"data\":{}}"));
    }

    /** Tokens and metadata of a hostile peer go out as they are only where they can do no harm. */
    @Test
    void carriesDataAndMetaAsTheTextThatTheyWere() throws MalformedMessageException {
        for (String data : RelayedTexts.values()) {
            String text = " " + data + "\n";
            ClientMessage.Signal signal = (ClientMessage.Signal)
                    dialect.decode("{\"type\":\"signal\",\"data\":" + text + ",\"channel\":\"stream-video\"}");
            assertEquals(data, signal.data().text());
            String out = dialect.encode(new ServerMessage.Signal(CHANNEL, P2, signal.data()))
                    .orElseThrow();
            assertEquals(
                    "{\"type\":\"signal\",\"channel\":\"stream-video\",\"from\":\"p2\",\"data\":" + data + "}", out);
            ClientMessage.JoinChannel join = (ClientMessage.JoinChannel)
                    dialect.decode("{\"type\":\"join-channel\",\"meta\":" + text + ",\"channel\":\"stream-video\"}");
            assertEquals(data, join.meta().text());
        }
    }

    @Test
    void hasAWayBackAndSeveralChannels() {
        assertEquals(Terms.RESUMABLE, dialect.terms());
    }

    private static String golden(String name) {
        String text = GOLDEN.get(name);
        if (text == null) {
            throw new AssertionError("no golden file " + name);
        }
        return text;
    }
}
