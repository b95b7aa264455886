package dev.signaling.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.signaling.Limits;
import dev.signaling.SignalingHub;
import dev.signaling.message.IceServer;
import dev.signaling.spi.IceServers;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.Answer;

/** CDI and MicroProfile Config, where they are. */
class PlatformTest {

    private static final ThreadLocal<CDI<Object>> BEANS = new ThreadLocal<>();

    private final FakeContext context = new FakeContext();

    @BeforeAll
    static void thereIsCdi() {
        CDI.setCDIProvider(() -> {
            CDI<Object> beans = BEANS.get();
            if (beans == null) {
                throw new IllegalStateException("no beans in this application");
            }
            return beans;
        });
    }

    @AfterEach
    void nothingIsConfigured() {
        BEANS.remove();
        resolve(null);
    }

    private static <T> void beans(Class<T> type, List<T> found) {
        Instance<Object> none = instance(List.of());
        Instance<T> some = instance(found);
        @SuppressWarnings("unchecked") // Mockito knows no type parameters
        CDI<Object> container =
                mock(CDI.class, call -> call.getArguments().length > 0 && call.getArgument(0) == type ? some : none);
        BEANS.set(container);
    }

    private static <T> Instance<T> instance(List<T> found) {
        @SuppressWarnings("unchecked") // Mockito knows no type parameters
        Instance<T> instance = mock(Instance.class);
        when(instance.isUnsatisfied()).thenReturn(found.isEmpty());
        when(instance.isAmbiguous()).thenReturn(found.size() > 1);
        when(instance.get()).then(call -> found.get(0));
        return instance;
    }

    private static void configure(Map<String, String> values, String... namesBesides) {
        Set<String> names = new HashSet<>(values.keySet());
        names.addAll(List.of(namesBesides));
        resolve(call -> switch (call.getMethod().getName()) {
            case "getPropertyNames" -> names;
            case "getOptionalValue" -> Optional.ofNullable(values.get(call.<String>getArgument(0)));
            default -> null;
        });
    }

    /** By reflection: its annotations have classes that nobody has, of which the compiler warns. */
    private static void resolve(@Nullable Answer<?> config) {
        String packageName = "org.eclipse.microprofile.config.";
        try {
            Class<?> type = Class.forName(packageName + "spi.ConfigProviderResolver");
            Object found = config == null ? null : mock(Class.forName(packageName + "Config"), config);
            Object resolver = found == null
                    ? null
                    : mock(type, call -> call.getMethod().getName().equals("getConfig") ? found : null);
            type.getMethod("setInstance", type).invoke(null, resolver);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the API of MicroProfile Config", e);
        }
    }

    @Test
    void aContainerWithoutBeansOfThisApplicationIsNone() {
        @SuppressWarnings("unchecked") // Mockito knows no type parameters
        CDI<Object> container = mock(CDI.class, call -> {
            throw new IllegalStateException("no deployed application");
        });
        BEANS.set(container);
        assertEquals(Optional.empty(), new CdiBeans().find(Limits.class));
    }

    @Test
    void aBeanComesFirst() {
        SignalingServer bean = SignalingServer.of(SignalingHub.ofDefaults());
        beans(SignalingServer.class, List.of(bean));
        context.with(SignalingServer.class, SignalingServer.of(SignalingHub.ofDefaults()));
        context.deploy();
        assertSame(bean, context.server().orElseThrow());
    }

    @Test
    void aBeanMayBeAPart() {
        Limits limits = Limits.builder().connections(3).build();
        beans(Limits.class, List.of(limits));
        context.deploy();
        assertSame(limits, context.server().orElseThrow().hub().limits());
    }

    @Test
    void iceServersMayBeABean() {
        beans(IceServers.class, List.of(IceServers.of(IceServer.stun("stun:h"))));
        context.deploy();
        assertTrue(context.server().orElseThrow().hub().hasIceServers());
    }

    /** Such as an expression in there that cannot be expanded, which is then quoted. */
    @Test
    void whatMicroProfileSaysOfASecretIsNotRepeated() {
        resolve(call -> switch (call.getMethod().getName()) {
            case "getPropertyNames" -> Set.of("dev.signaling.ice.turn");
            case "getOptionalValue" -> {
                String key = call.getArgument(0);
                if (key.equals("dev.signaling.ice.turn-secret")) {
                    throw new IllegalArgumentException("could not expand hush");
                }
                yield key.equals("dev.signaling.ice.turn") ? Optional.of("turn:h") : Optional.empty();
            }
            default -> null;
        });
        IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
        assertEquals("dev.signaling.ice.turn-secret cannot be read", words.getMessage());
        assertNull(words.getCause());
    }

    @Test
    void ofTwoBeansNoneIsTaken() {
        beans(Limits.class, List.of(Limits.defaults(), Limits.defaults()));
        IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
        assertEquals("more than one CDI bean is a dev.signaling.Limits", words.getMessage());
    }

    @Test
    void aBeanMayBeMadeOfTheOtherBeansAndTheKeys() {
        configure(Map.of("dev.signaling.liveness.timeout", "90s"));
        Limits limits = Limits.builder().connections(3).build();
        beans(Limits.class, List.of(limits));
        SignalingServer bean = SignalingServer.configured();
        assertSame(limits, bean.hub().limits());
        beans(SignalingServer.class, List.of(bean));
        context.deploy();
        assertSame(bean, context.server().orElseThrow());
    }

    @Test
    void ofAServerThatIsABeanNoKeyIsPassedOver() {
        beans(SignalingServer.class, List.of(SignalingServer.configured()));
        context.with("dev.signaling.liveness.timeout", "90s");
        IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
        assertEquals(
                "dev.signaling.liveness.timeout would have no effect: the application has its own SignalingServer",
                words.getMessage());
        configure(Map.of("dev.signaling.liveness.timeout", "90s"));
        beans(SignalingServer.class, List.of(SignalingServer.of(SignalingHub.ofDefaults())));
        IllegalStateException same = assertThrows(IllegalStateException.class, new FakeContext()::deploy);
        assertEquals(words.getMessage(), same.getMessage());
    }

    @Test
    void anApplicationWithoutBeansHasItsAttributes() {
        SignalingServer own = SignalingServer.of(SignalingHub.ofDefaults());
        context.with(SignalingServer.class, own).deploy();
        assertSame(own, context.server().orElseThrow());
    }

    @Test
    void microProfileHasTheLastWordOverInitParameters() {
        configure(Map.of("dev.signaling.path", "/outside", "java.version", "17"));
        context.with("dev.signaling.path", "/inside").with("dev.signaling.limits.connections", "4");
        context.deploy();
        assertEquals(List.of("/outside"), context.paths());
        assertEquals(4, context.server().orElseThrow().hub().limits().connections());
    }

    @Test
    void anEnvironmentVariableMayBeReportedUnderAKeyWithoutCapitals() {
        configure(
                Map.of("dev.signaling.limits.joinDeadline", "7s"),
                "DEV_SIGNALING_LIMITS_JOINDEADLINE",
                "dev.signaling.limits.joindeadline");
        context.deploy();
        assertEquals(
                7, context.server().orElseThrow().hub().limits().joinDeadline().toSeconds());
    }

    @Test
    void aWrongNameIsNamedHereToo() {
        for (String wrong : List.of("DEV_SIGNALING_PTAH", "dev.signaling.ptah", "dev.signaling.limits.joindeadline")) {
            configure(new HashMap<>(), wrong);
            IllegalStateException words = assertThrows(IllegalStateException.class, context::deploy);
            assertTrue(String.valueOf(words.getMessage()).startsWith(wrong + ": there is no such key"), wrong);
        }
    }
}
