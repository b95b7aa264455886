package dev.signaling.jakarta;

import static dev.signaling.jakarta.TutorialStory.ESTABLISHED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signaling.SignalingHub;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalingServerTest {

    /** Whoever stops a container after this must not cut the farewells off. */
    @Test
    void whenItIsClosedItsSessionsAre() {
        SignalingServer server = SignalingServer.of(SignalingHub.ofDefaults());
        List<SocketPeer> peers = new ArrayList<>();
        try (TyrusNode node = TyrusNode.start(server)) {
            for (int i = 0; i < 20; i++) {
                SocketPeer peer = SocketPeer.open(node.port(), "/signal");
                assertEquals(ESTABLISHED, peer.next());
                peers.add(peer);
            }
            server.close();
        }
        for (SocketPeer peer : peers) {
            assertTrue(peer.next().startsWith("{\"type\":\"going-away\""));
            assertEquals("1001 going-away", peer.ending());
        }
    }

    @Test
    void saysWhatToAddWhereThereIsNoJsonB() throws ReflectiveOperationException {
        Class<?> server = Class.forName(SignalingServer.class.getName(), true, new WithoutJsonB());
        InvocationTargetException failure =
                assertThrows(InvocationTargetException.class, () -> server.getMethod("of", SignalingHub.class)
                        .invoke(null, SignalingHub.ofDefaults()));
        IllegalStateException words = assertInstanceOf(IllegalStateException.class, failure.getTargetException());
        assertTrue(String.valueOf(words.getMessage()).contains("org.eclipse:yasson"), words.getMessage());
    }

    /** Has the classes of this package anew, and none of JSON-B. */
    private static final class WithoutJsonB extends ClassLoader {

        WithoutJsonB() {
            super(SignalingServerTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.json")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.signaling.jakarta.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
