package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signaling.InMemoryChannelStore;
import dev.signaling.SignalingHub;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story over Tyrus, with the endpoint registered by the host. */
class TyrusTutorialStoryTest implements TutorialStory {

    private final InMemoryChannelStore store = new InMemoryChannelStore();
    private final SignalingServer server =
            SignalingServer.of(SignalingHub.builder().store(store).build());

    @AutoClose
    private final TyrusNode node = TyrusNode.start(server);

    @Override
    public SocketPeer connect() {
        return SocketPeer.open(node.port(), "/signal").checkedBy(Schemas.tutorial()::requireFromServer);
    }

    @Override
    public SignalingServer server() {
        return server;
    }

    @Override
    public InMemoryChannelStore store() {
        return store;
    }

    @Test
    void t2ReadsAMessageThatComesInParts() {
        try (SocketPeer sender = (SocketPeer) member();
                Peer receiver = member()) {
            for (String text : RelayedTexts.all()) {
                sender.sendInParts(text, 7);
                assertEquals(text, receiver.next());
            }
        }
    }

    @Test
    void t16MeasuresAMessageThatComesInPartsAsAWhole() {
        try (SocketPeer peer = (SocketPeer) member();
                Peer other = member()) {
            int limit = server.hub().limits().messageCharacters();
            peer.sendInParts(TutorialStory.textOf(limit), 100);
            assertEquals(limit, other.next().length());
            peer.sendInParts(TutorialStory.textOf(limit + 1), 100);
            TutorialStory.assertError("message-too-large", peer.next());
            peer.sendInParts(TutorialStory.textOf(5 * limit), 100);
            assertEquals("1009 message-too-large", peer.ending());
            TutorialStory.assertNothingCame(other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c328", "80", "ffff", "eda080", "c0af", "f4908080", "e282"})
    void t20ClosesATextThatIsNoUtf8(String hex) {
        try (SocketPeer peer = (SocketPeer) member();
                Peer other = member()) {
            peer.sendText(java.util.HexFormat.of().parseHex("7b2274797065223a22" + hex + "227d"));
            assertEquals("1007", peer.ending().substring(0, 4));
            TutorialStory.assertNothingCame(other);
        }
    }

    @Test
    void goesOnAfterFramesThatAreNone() {
        List<byte[]> frames = List.of(
                new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0}, // opcode 3 is nothing yet
                new byte[] {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0}, // a bit of an extension that was not agreed on
                new byte[] {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0}, // goes on with a message that has not begun
                new byte[] {0x09, (byte) 0x80, 0, 0, 0, 0}, // a ping in parts
                new byte[] {(byte) 0x89, (byte) 0xfe, 0, 126}); // a ping that is too long
        try (Peer other = member()) {
            for (byte[] frame : frames) {
                try (SocketPeer peer = (SocketPeer) member()) {
                    peer.write(frame);
                    assertEquals("1002", peer.ending().substring(0, 4));
                }
            }
            TutorialStory.assertNothingCame(other);
        }
    }
}
