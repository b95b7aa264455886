package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.IceConfiguration;
import dev.signaling.message.IceServer;
import dev.signaling.spi.IceServers;
import dev.signaling.spi.Identity;
import dev.signaling.spi.RelayPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalingContextListenerTest {

    private static Limits limits(FakeContext context) {
        return context.server().orElseThrow().hub().limits();
    }

    @Test
    void opensTheEndpointWithoutAWord() {
        FakeContext context = new FakeContext();
        SignalingContextListener listener = context.deploy();
        assertEquals(List.of("/signal"), context.paths());
        assertEquals(1, context.filters().size());
        assertEquals(List.of("/signal/ice-servers"), context.servletPaths());
        assertEquals(Limits.defaults(), limits(context));
        listener.contextDestroyed(context.event());
        assertEquals(Optional.empty(), context.server());
    }

    @Test
    void eachContextHasAHubOfItsOwn() {
        FakeContext one = new FakeContext();
        FakeContext other = new FakeContext();
        one.deploy();
        other.deploy();
        assertNotSame(
                one.server().orElseThrow().hub(), other.server().orElseThrow().hub());
    }

    @Test
    void aListenerThatIsListedTwiceOpensOneEndpoint() {
        FakeContext context = new FakeContext();
        context.deploy();
        context.deploy();
        assertEquals(List.of("/signal"), context.paths());
    }

    @Test
    void aPathTakesThePlaceOfTheUsualOne() {
        FakeContext context = new FakeContext().with("dev.signaling.path", "/calls");
        context.deploy();
        assertEquals(List.of("/calls"), context.paths());
        assertEquals(List.of("/calls/ice-servers"), context.servletPaths());
    }

    @Test
    void canBeSwitchedOff() {
        FakeContext context = new FakeContext().with("dev.signaling.path", "none");
        SignalingContextListener listener = context.deploy();
        assertEquals(List.of(), context.paths());
        assertEquals(Optional.empty(), context.server());
        listener.contextDestroyed(context.event());
    }

    @Test
    void saysWhatIsMissing() {
        IllegalStateException words =
                assertThrows(IllegalStateException.class, new FakeContext().withoutWebSocket()::deploy);
        assertTrue(String.valueOf(words.getMessage()).contains("no WebSocket"), words.getMessage());
    }

    @Test
    void takesLimitsByKeys() {
        FakeContext context = new FakeContext()
                .with("dev.signaling.limits.connections", "17")
                .with("dev.signaling.limits.joinDeadline", "10s")
                .with("dev.signaling.limits.resumeGrace", " PT1M ")
                .with("dev.signaling.liveness.pingInterval", "5s")
                .with("dev.signaling.policy", "one-to-many")
                .with("dev.signaling.origins", "https://example.org, https://example.net")
                .with("somebody.elses", "key");
        context.deploy();
        assertEquals(
                Limits.builder()
                        .connections(17)
                        .joinDeadline(Duration.ofSeconds(10))
                        .resumeGrace(Duration.ofMinutes(1))
                        .build(),
                limits(context));
    }

    @Test
    void aPartBesideAWholeFailsTheDeploymentAndIsNamed() {
        FakeContext server = new FakeContext()
                .with(SignalingServer.class, SignalingServer.of(SignalingHub.ofDefaults()))
                .with(Authenticator.class, Authenticator.anyone());
        assertEquals(
                "dev.signaling.jakarta.Authenticator would have no effect: the application has its own SignalingServer",
                assertThrows(IllegalStateException.class, server::deploy).getMessage());
        FakeContext hub = new FakeContext()
                .with(SignalingHub.class, SignalingHub.ofDefaults())
                .with(Limits.class, Limits.defaults());
        assertEquals(
                "dev.signaling.Limits would have no effect: the application has its own SignalingHub",
                assertThrows(IllegalStateException.class, hub::deploy).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "dev.signaling.limits.connections, many, no whole number: many",
        "dev.signaling.limits.joinDeadline, 10, 'no time such as 500ms, 30s, 5m, 1h or PT30S: 10'",
        "dev.signaling.path, /calls/, neither a path such as /signal nor none: /calls/",
    })
    void saysWhatWouldHaveBeenAValue(String key, String value, String words) {
        FakeContext context = new FakeContext().with(key, value);
        assertEquals(
                key + ": " + words,
                assertThrows(IllegalStateException.class, context::deploy).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "dev.signaling.path, signal",
        "dev.signaling.path, /signal/{room}",
        "dev.signaling.path, ''",
        "dev.signaling.origins, example.org",
        "dev.signaling.origins, ''",
        "dev.signaling.policy, whatever",
        "dev.signaling.limits.connections, many",
        "dev.signaling.limits.connections, 0",
        "dev.signaling.limits.connections, 99999999999",
        "dev.signaling.limits.nameCharacters, 1000",
        "dev.signaling.limits.joinDeadline, 10",
        "dev.signaling.limits.joinDeadline, 999999999999999999h",
        "dev.signaling.limits.joinDeadline, -PT1S",
        "dev.signaling.liveness.timeout, 1s",
        "dev.signaling.limits.conections, 5",
        "dev.signaling.limits, 5",
        "dev.signaling., 5",
        "dev.signaling.ice.stun, stun.example.org",
        "dev.signaling.ice.stun, turn:turn.example.org",
        "dev.signaling.ice.turn, turn:turn.example.org?transport=sctp",
        "dev.signaling.ice.turn, turn:turn.example.org",
        "dev.signaling.ice.ttl, 1h",
        "dev.signaling.ice.ttl, 1",
        "dev.signaling.ice.ttl, 500ms",
        "dev.signaling.ice.secret, 5"
    })
    void aWrongKeyOrValueFailsTheDeploymentAndIsNamed(String key, String value) {
        FakeContext context = new FakeContext().with(key, value);
        IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
        assertTrue(String.valueOf(words.getMessage()).startsWith(key), words.getMessage());
        assertEquals(List.of(), context.paths());
    }

    @Test
    void takesIceServersByKeys(@TempDir Path folder) throws IOException {
        FakeContext none = new FakeContext().with("dev.signaling.ice.turn-secret", "of no use here");
        none.deploy();
        assertFalse(none.server().orElseThrow().hub().hasIceServers());

        FakeContext stun = new FakeContext().with("dev.signaling.ice.stun", "stun:a, stun:b\n stuns:c");
        stun.deploy();
        assertEquals(
                new IceConfiguration(List.of(IceServer.stun("stun:a", "stun:b", "stuns:c")), Optional.empty()),
                told(stun));

        FakeContext turn = new FakeContext()
                .with("dev.signaling.ice.turn", "turn:h?transport=udp turn:h?transport=tcp")
                .with("dev.signaling.ice.turn-secret", "north, south")
                .with("dev.signaling.ice.ttl", "10m");
        turn.deploy();
        assertEquals(Optional.of(Duration.ofMinutes(10)), told(turn).ttl());
        assertEquals(2, told(turn).servers().size(), "one by each secret");

        FakeContext file = new FakeContext()
                .with("dev.signaling.ice.turn", "turn:h")
                .with(
                        "dev.signaling.ice.turn-secret-file",
                        Files.writeString(folder.resolve("secret"), "north\n").toString());
        file.deploy();
        assertEquals(1, told(file).servers().size());
    }

    private static IceConfiguration told(FakeContext context) {
        return context.server()
                .orElseThrow()
                .hub()
                .iceServers(Identity.of("ann"))
                .orElseThrow();
    }

    @Test
    void theSecretIsInOnePlaceAndInNoException(@TempDir Path folder) throws IOException {
        String secret = Files.writeString(folder.resolve("file"), "hush\n").toString();
        FakeContext both = new FakeContext()
                .with("dev.signaling.ice.turn", "turn:h")
                .with("dev.signaling.ice.turn-secret", "hush")
                .with("dev.signaling.ice.turn-secret-file", secret);
        FakeContext three = new FakeContext()
                .with("dev.signaling.ice.turn", "turn:h")
                .with("dev.signaling.ice.turn-secret", "hush hush hush");
        FakeContext inTheWrongPlace = new FakeContext().with("dev.signaling.ice.turn", "hush");
        for (FakeContext context : List.of(both, three, inTheWrongPlace)) {
            IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
            assertTrue(String.valueOf(words.getMessage()).startsWith("dev.signaling.ice.turn"), words.getMessage());
            for (@Nullable Throwable cause = words; cause != null; cause = cause.getCause()) {
                assertFalse(cause.toString().contains("hush"), cause::toString);
            }
        }
    }

    @Test
    void anApplicationMayHaveIceServersOfItsOwn() {
        IceServers own = IceServers.of(IceServer.stun("stun:own"));
        FakeContext context =
                new FakeContext().with(IceServers.class, own).with("dev.signaling.ice.turn-secret", "elsewhere's");
        context.deploy();
        assertEquals(IceServer.stun("stun:own"), told(context).servers().get(0));

        FakeContext beside = new FakeContext().with(IceServers.class, own).with("dev.signaling.ice.stun", "stun:h");
        assertEquals(
                "dev.signaling.ice.stun would have no effect: the application has its own IceServers",
                assertThrows(IllegalStateException.class, beside::deploy).getMessage());
        FakeContext ofHub =
                new FakeContext().with(IceServers.class, own).with(SignalingHub.class, SignalingHub.ofDefaults());
        assertEquals(
                "dev.signaling.spi.IceServers would have no effect: the application has its own SignalingHub",
                assertThrows(IllegalStateException.class, ofHub::deploy).getMessage());
    }

    /** As on servers without MicroProfile Config, which has it by itself. */
    @Test
    void theSecretMayBeInTheEnvironment() {
        List<String> asked = new ArrayList<>();
        Deployment deployment = new Deployment(
                List.of(),
                List.of(new Keys.Source() {
                    @Override
                    public Optional<String> value(String key) {
                        return key.equals("dev.signaling.ice.turn") ? Optional.of("turn:h") : Optional.empty();
                    }

                    @Override
                    public Set<String> names() {
                        return Set.of("dev.signaling.ice.turn");
                    }
                }),
                variable -> {
                    asked.add(variable);
                    return variable.endsWith("SECRET") ? "north" : null;
                });
        SignalingHub hub = deployment.server().hub();
        assertEquals(Optional.of(1), hub.iceServers(Identity.anonymous()).map(told -> told.servers()
                .size()));
        assertEquals(Set.of("DEV_SIGNALING_ICE_TURN_SECRET", "DEV_SIGNALING_ICE_TURN_SECRET_FILE"), Set.copyOf(asked));
    }

    @Test
    void takesTheApplicationsObjects() {
        SignalingServer own = SignalingServer.of(SignalingHub.ofDefaults());
        FakeContext whole = new FakeContext().with(SignalingServer.class, own);
        whole.deploy();
        assertSame(own, whole.server().orElseThrow());

        SignalingHub hub = SignalingHub.ofDefaults();
        FakeContext ofHub = new FakeContext().with(SignalingHub.class, hub);
        ofHub.deploy();
        assertSame(hub, ofHub.server().orElseThrow().hub());

        Limits limits = Limits.builder().connections(3).build();
        FakeContext ofParts = new FakeContext()
                .with(Limits.class, limits)
                .with(RelayPolicy.class, RelayPolicy.oneToMany())
                .with("dev.signaling.liveness.timeout", "90s");
        ofParts.deploy();
        assertSame(limits, limits(ofParts));
    }

    @Test
    void aProviderComesBehindAnAttribute() {
        SignalingServer provided = SignalingServer.of(SignalingHub.ofDefaults());
        FakeContext context = new FakeContext();
        TestServerProvider.with(provided, context::deploy);
        assertSame(provided, context.server().orElseThrow());

        SignalingServer own = SignalingServer.of(SignalingHub.ofDefaults());
        FakeContext other = new FakeContext().with(SignalingServer.class, own);
        TestServerProvider.with(provided, other::deploy);
        assertSame(own, other.server().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"dev.signaling.origins, anyone", "dev.signaling.limits.connections, 5"})
    void aKeyBesideTheApplicationsOwnServerIsNotPassedOver(String key, String value) {
        FakeContext context = new FakeContext()
                .with(SignalingServer.class, SignalingServer.of(SignalingHub.ofDefaults()))
                .with(key, value);
        IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
        assertEquals(key + " would have no effect: the application has its own SignalingServer", words.getMessage());
    }

    @Test
    void anAttributeOfAnotherTypeIsNamed() {
        FakeContext context = new FakeContext().with(Limits.class, "many");
        IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
        assertTrue(String.valueOf(words.getMessage()).contains("dev.signaling.Limits"), words.getMessage());
    }
}
