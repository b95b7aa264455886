package dev.signaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.message.PeerId;
import dev.signaling.spi.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedSecretTurnTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<PeerId> PEER = Optional.of(new PeerId("peer-1"));

    private final List<String> secrets = new ArrayList<>(List.of("north"));
    private final SharedSecretTurn turn = turn().secrets(() -> secrets).build();

    private static SharedSecretTurn.Builder turn() {
        return SharedSecretTurn.builder().turn("turn:turn.example.org").clock(() -> NOW);
    }

    /** What {@code openssl dgst -sha1 -mac HMAC} says, and coturn's {@code use-auth-secret} expects. */
    @ParameterizedTest
    @CsvSource({
        "north, ann, n88NbElL9GakolrNH9uw7P0p09E=",
        "older secret, ann, c4nKCC6o15w3UX2pInwJNsY3Xm8=",
        "s3cr3t with blanks, ann@example.com, Vve8oL8S9zE90bcLTmNaxRXa66k=",
        "\u043a\u043b\u044e\u0447, ann, 5pL2yV6+EMHZ62RX7y23U5ATN8U="
    })
    void makesTheCredentialThatTheServerExpects(String secret, String name, String credential) {
        IceConfiguration told = turn().secret(secret).build().serversFor(Identity.of(name), PEER);
        assertEquals(
                new IceConfiguration(
                        List.of(IceServer.turn("1767229200:" + name, credential, "turn:turn.example.org")),
                        Optional.of(Duration.ofHours(1))),
                told);
    }

    @Test
    void namesAllServersAndHowLongTheyHold() {
        IceConfiguration told = SharedSecretTurn.builder()
                .stun("stun:a", "stuns:b")
                .turn("turn:a?transport=udp", "turn:a?transport=tcp", "turns:a:443?transport=tcp")
                .secret("north")
                .ttl(Duration.ofDays(1))
                .clock(() -> NOW)
                .build()
                .serversFor(Identity.anonymous(), PEER);

        assertEquals(Optional.of(Duration.ofDays(1)), told.ttl());
        assertEquals(IceServer.stun("stun:a", "stuns:b"), told.servers().get(0));
        assertEquals(2, told.servers().size());
        assertEquals(Optional.of("1767312000:peer-1"), told.servers().get(1).username());
        assertEquals(
                List.of("turn:a?transport=udp", "turn:a?transport=tcp", "turns:a:443?transport=tcp"),
                told.servers().get(1).urls());
    }

    /** Whichever of the two the TURN server holds, and from the next credential on when they change. */
    @Test
    void aSecretCanBeReplacedWithoutAPause() {
        IceServer byNorth = turn.serversFor(Identity.of("ann"), PEER).servers().get(0);
        secrets.add("older secret");
        List<IceServer> byBoth = turn.serversFor(Identity.of("ann"), PEER).servers();
        secrets.remove("north");
        List<IceServer> byOlder = turn.serversFor(Identity.of("ann"), PEER).servers();

        assertEquals(Optional.of("c4nKCC6o15w3UX2pInwJNsY3Xm8="), byOlder.get(0).credential());
        assertEquals(List.of(byNorth, byOlder.get(0)), byBoth);
        assertEquals(1, byOlder.size());
    }

    @Test
    void theNameIsTheHostsOrThePeersOrRandom() {
        assertEquals("ann", name(Identity.of("ann"), PEER));
        assertEquals("peer-1", name(Identity.anonymous(), PEER));
        assertEquals("peer-1", name(Identity.of(""), PEER));
        String random = name(Identity.anonymous(), Optional.empty());
        assertTrue(random.matches("[A-Za-z0-9_-]{22}"), random);
        assertNotEquals(random, name(Identity.anonymous(), Optional.empty()));
    }

    /** The colon parts the name from the time; some would be two users to one TURN server and one to another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zo\u00eb",
                "ann:bob",
                "ann bob",
                "0\u0000",
                "x\ny",
                "\ud800",
                "~c6a12698582fc1104ea24107a2d72681"
            })
    void aNameThatCouldBeMisreadIsAHash(String name) {
        assertTrue(name(Identity.of(name), PEER).matches("~[0-9a-f]{32}"), name);
        assertNotEquals("~c6a12698582fc1104ea24107a2d72681", name(Identity.of(name + "2"), PEER));
    }

    @Test
    void aNameIsBounded() {
        assertEquals("~c6a12698582fc1104ea24107a2d72681", name(Identity.of("Zo\u00eb"), PEER), "its SHA-256");
        assertEquals("a".repeat(64), name(Identity.of("a".repeat(64)), PEER));
        assertTrue(name(Identity.of("a".repeat(65)), PEER).matches("~[0-9a-f]{32}"));
        assertNotEquals(name(Identity.of("a".repeat(65)), PEER), name(Identity.of("a".repeat(66)), PEER));
    }

    private String name(Identity identity, Optional<PeerId> peer) {
        String username =
                turn.serversFor(identity, peer).servers().get(0).username().orElseThrow();
        assertTrue(username.startsWith("1767229200:"), username);
        return username.substring("1767229200:".length());
    }

    @Test
    void stunAloneNeedsNoSecretAndHoldsForGood() {
        assertEquals(
                new IceConfiguration(List.of(IceServer.stun("stun:h")), Optional.empty()),
                SharedSecretTurn.builder().stun("stun:h").build().serversFor(Identity.anonymous(), PEER));
    }

    @Test
    void noSecretIsToldByAnything() {
        secrets.add("older secret");
        assertEquals("SharedSecretTurn[stun=[], turn=[turn:turn.example.org], ttl=PT1H]", turn.toString());
        String told = turn.serversFor(Identity.of("ann"), PEER).toString();
        assertFalse(told.contains("north") || told.contains("secret") || told.contains("p09E"), told);

        secrets.add("a third secret");
        assertFaultTellsNothing();
        secrets.clear();
        assertFaultTellsNothing();
        secrets.add(" ");
        assertFaultTellsNothing();
        secrets.set(0, "secret".repeat(1_000));
        assertFaultTellsNothing();
        for (String bad : List.of("", " \n", "secret".repeat(1_000))) {
            String words = String.valueOf(assertThrows(IllegalArgumentException.class, () -> turn().secret(bad))
                    .getMessage());
            assertFalse(words.contains("secretsecret"), words);
        }
    }

    private void assertFaultTellsNothing() {
        Throwable fault = assertThrows(IllegalStateException.class, () -> turn.serversFor(Identity.of("ann"), PEER));
        assertFalse(
                String.valueOf(fault.getMessage()).matches(".*(north|older|third|secretsecret).*"), fault::toString);
    }

    @Test
    void isNotMadeOfWhatCannotBe() {
        SharedSecretTurn.Builder builder = SharedSecretTurn.builder();
        assertThrows(IllegalStateException.class, builder::build);
        assertThrows(IllegalArgumentException.class, () -> builder.turn("stun:h"));
        assertThrows(IllegalArgumentException.class, () -> builder.stun("turn:h"));
        assertThrows(IllegalArgumentException.class, builder::stun);
        assertThrows(IllegalArgumentException.class, () -> builder.ttl(Duration.ZERO));
        builder.turn("turn:h");
        assertThrows(IllegalStateException.class, builder::build, "no secret");
    }
}
